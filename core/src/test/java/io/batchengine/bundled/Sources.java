package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the tests of source directories share. */
final class Sources {
    static final Scope SCOPE = Scope.ofProject("prj-1");
    static final String DIRECTORY = "dir-1";

    private Sources() {}

    static NioSourceDirectory of(Path directory) {
        return NioSourceDirectory.of(Map.of(DIRECTORY, directory));
    }

    /** Writes a file of the default file system, whose relative path is given percent-encoded: the same bytes in every locale. */
    static Path write(Path directory, String encodedPath) throws IOException {
        Path file = raw(directory, encodedPath);
        Files.createDirectories(file.getParent());
        return Files.write(file, encodedPath.getBytes(StandardCharsets.UTF_8));
    }

    static Path raw(Path directory, String encodedPath) {
        String uri = directory.toUri().toString();
        return Path.of(URI.create(uri + (uri.endsWith("/") ? "" : "/") + encodedPath));
    }

    static List<String> ids(NioSourceDirectory source) throws Exception {
        return files(source).stream().map(SourceFile::id).toList();
    }

    static List<SourceFile> files(NioSourceDirectory source) throws Exception {
        return files(source, Optional.empty(), 7);
    }

    static List<String> idsAfter(NioSourceDirectory source, String afterId) throws Exception {
        return files(source, Optional.of(afterId), 3).stream()
                .map(SourceFile::id)
                .toList();
    }

    static List<SourceFile> files(NioSourceDirectory source, Optional<String> afterId, int limit) throws Exception {
        try (Listing listing = source.list(ListRequest.of(SCOPE, DIRECTORY).withAfterId(afterId))) {
            return drain(listing, limit);
        }
    }

    static List<SourceFile> drain(Listing listing, int limit) throws Exception {
        List<SourceFile> all = new ArrayList<>();
        FilePage page;
        do {
            page = listing.next(limit);
            assertThat(page.files()).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.files());
        } while (!page.last());
        return all;
    }

    static Optional<SourceFile> find(NioSourceDirectory source, String id) throws IOException {
        return source.find(FileRequest.of(SCOPE, DIRECTORY, id));
    }

    static String content(SourceFile file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
