package io.batchengine.testkit.fault;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Directories of numbered files in memory. */
final class Shelf implements SourceDirectory {
    private final Map<String, List<String>> directories = new TreeMap<>();

    void fill(String directoryId, int files) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            ids.add(Text.format("f-%04d", i));
        }
        directories.put(directoryId, ids);
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directories.containsKey(directoryId);
    }

    @Override
    public Listing list(ListRequest request) {
        List<String> rest = directories.getOrDefault(request.directoryId(), List.of()).stream()
                .filter(id -> request.afterId().isEmpty()
                        || Ids.compareUtf8(id, request.afterId().get()) > 0)
                .toList();
        return new Listing() {
            private int next;

            @Override
            public FilePage next(int limit) {
                int end = Math.min(rest.size(), next + limit);
                List<Entry> files =
                        rest.subList(next, end).stream().map(Entry::new).toList();
                next = end;
                return FilePage.of(files, next == rest.size());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        return directories.getOrDefault(request.directoryId(), List.of()).contains(request.fileId())
                ? Optional.of(new Entry(request.fileId()))
                : Optional.empty();
    }

    record Entry(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}
