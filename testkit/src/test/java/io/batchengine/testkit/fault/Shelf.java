package io.batchengine.testkit.fault;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
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
    public Listing list(Scope scope, String directoryId, Optional<String> afterId) {
        List<String> rest = directories.getOrDefault(directoryId, List.of()).stream()
                .filter(id -> afterId.isEmpty() || Ids.compareUtf8(id, afterId.get()) > 0)
                .toList();
        return new Listing() {
            private int next;

            @Override
            public FilePage next(int limit) {
                int end = Math.min(rest.size(), next + limit);
                List<Entry> files =
                        rest.subList(next, end).stream().map(Entry::new).toList();
                next = end;
                return new FilePage(files, next == rest.size());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Optional<SourceFile> find(Scope scope, String directoryId, String fileId) {
        return directories.getOrDefault(directoryId, List.of()).contains(fileId)
                ? Optional.of(new Entry(fileId))
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
