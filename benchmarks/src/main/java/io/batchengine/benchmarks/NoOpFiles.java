package io.batchengine.benchmarks;

import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A source directory of files that exist before the clock starts, so that both sides of a comparison find the same. */
final class NoOpFiles implements SourceDirectory {
    static final String DIRECTORY = "dir-generated";

    /** A file without content. */
    record NoOpFile(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }

    private final List<NoOpFile> files;

    NoOpFiles(int count) {
        this.files = IntStream.range(0, count)
                .mapToObj("dfl-document-%08d.pdf"::formatted)
                .map(NoOpFile::new)
                .toList();
    }

    List<NoOpFile> files() {
        return files;
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directoryId.equals(DIRECTORY);
    }

    @Override
    public Listing list(Scope scope, String directoryId, Optional<String> afterId) {
        return new Listing() {
            private int next = afterId.map(id -> indexOf(id) + 1).orElse(0);

            @Override
            public FilePage next(int limit) {
                int end = Math.min(files.size(), next + limit);
                List<NoOpFile> page = files.subList(next, end);
                next = end;
                return new FilePage(page, end == files.size());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceFile> find(Scope scope, String directoryId, String fileId) {
        return Optional.of(files.get(indexOf(fileId)));
    }

    private static int indexOf(String fileId) {
        return Integer.parseInt(fileId.substring("dfl-document-".length(), fileId.length() - ".pdf".length()));
    }
}
