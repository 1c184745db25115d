package io.batchengine.support;

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
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Source directories in memory: of given ids, or of as many generated ones as a test wants. */
public final class ListedDirectory implements SourceDirectory {
    private final Map<String, ConcurrentSkipListSet<String>> directories = new ConcurrentHashMap<>();
    private final Map<String, Long> generated = new ConcurrentHashMap<>();
    private final AtomicInteger openListings = new AtomicInteger();

    /** A directory of given file ids. */
    public ListedDirectory with(String directoryId, String... fileIds) {
        ConcurrentSkipListSet<String> ids = new ConcurrentSkipListSet<>(Ids::compareUtf8);
        ids.addAll(List.of(fileIds));
        directories.put(directoryId, ids);
        return this;
    }

    /** A directory of generated files, {@code f-00000000} and so on. */
    public ListedDirectory generating(String directoryId, long files) {
        generated.put(directoryId, files);
        return this;
    }

    /** Takes a file away. */
    public void remove(String directoryId, String fileId) {
        ids(directoryId).remove(fileId);
    }

    /** Puts a file in. */
    public void add(String directoryId, String fileId) {
        ids(directoryId).add(fileId);
    }

    /** Listings that were opened and not closed. */
    public int openListings() {
        return openListings.get();
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directories.containsKey(directoryId) || generated.containsKey(directoryId);
    }

    @Override
    public Listing list(ListRequest request) {
        openListings.incrementAndGet();
        Long count = generated.get(request.directoryId());
        return count == null
                ? new SetListing(ids(request.directoryId()), request.afterId())
                : new GeneratedListing(
                        count,
                        request.afterId()
                                .map(id -> Long.parseLong(id.substring(2)) + 1)
                                .orElse(0L));
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        boolean there = generated.containsKey(request.directoryId())
                || ids(request.directoryId()).contains(request.fileId());
        return there ? Optional.of(new Entry(request.fileId())) : Optional.empty();
    }

    private ConcurrentSkipListSet<String> ids(String directoryId) {
        return directories.computeIfAbsent(directoryId, id -> new ConcurrentSkipListSet<>(Ids::compareUtf8));
    }

    private record Entry(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() throws IOException {
            if (id.contains("vanished")) {
                throw new NoSuchFileException(id);
            }
            return new ByteArrayInputStream(id.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final class SetListing implements Listing {
        private final ConcurrentSkipListSet<String> ids;
        private Optional<String> after;

        SetListing(ConcurrentSkipListSet<String> ids, Optional<String> after) {
            this.ids = ids;
            this.after = after;
        }

        @Override
        public FilePage next(int limit) {
            var rest = after.map(id -> ids.tailSet(id, false)).orElse(ids);
            List<Entry> page = rest.stream().limit(limit).map(Entry::new).toList();
            after = page.isEmpty()
                    ? after
                    : Optional.of(page.get(page.size() - 1).id());
            return FilePage.of(page, page.size() < limit);
        }

        @Override
        public void close() {
            openListings.decrementAndGet();
        }
    }

    private final class GeneratedListing implements Listing {
        private final long count;
        private long next;

        GeneratedListing(long count, long first) {
            this.count = count;
            this.next = first;
        }

        @Override
        public FilePage next(int limit) {
            List<Entry> page = new ArrayList<>();
            while (page.size() < limit && next < count) {
                page.add(new Entry(Text.format("f-%08d", next++)));
            }
            return FilePage.of(page, next == count);
        }

        @Override
        public void close() {
            openListings.decrementAndGet();
        }
    }
}
