package io.batchengine.bundled;

import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A batch in memory, with its pages. Guarded by the store. */
final class MemoryBatch {
    StoredBatch stored;

    private record Delay(Instant due, long ordinal) implements Comparable<Delay> {
        private static final Comparator<Delay> ORDER =
                Comparator.comparing(Delay::due).thenComparingLong(Delay::ordinal);

        @Override
        public int compareTo(Delay other) {
            return ORDER.compare(this, other);
        }
    }

    private final TreeMap<Long, MemoryPage> pages = new TreeMap<>(); // by first ordinal
    private final TreeSet<Delay> delays = new TreeSet<>();

    MemoryBatch(StoredBatch stored) {
        this.stored = stored;
    }

    /** Checks all of it first, then applies all of it; tells the ordinals of job ids that are a factory's own. */
    Map<String, Long> apply(BatchCommit commit) {
        StoredBatch next = stored.after(commit);
        long end = pages.isEmpty() ? 0 : pages.lastEntry().getValue().end();
        for (ListedPage page : commit.pages()) {
            if (page.firstOrdinal() != end) {
                throw new IllegalArgumentException(Text.format(
                        "page at ordinal %d of batch %s where %d is next", page.firstOrdinal(), stored.id(), end));
            }
            end += page.fileIds().size();
        }
        for (SettledFile file : commit.settled()) {
            requireListed(file.ordinal(), end);
        }
        for (DelayedFile file : commit.delayed()) {
            requireListed(file.ordinal(), end);
        }

        stored = next;
        commit.pages().forEach(page -> pages.put(page.firstOrdinal(), new MemoryPage(stored.id(), page)));
        Map<String, Long> ownJobIds = new HashMap<>(0);
        MemoryPage page = null;
        for (SettledFile file : commit.settled()) {
            page = page != null && file.ordinal() >= page.first() && file.ordinal() < page.end()
                    ? page
                    : page(file.ordinal());
            forgetDelay(page.delayed(file.ordinal()));
            if (page.settle(file) && file.jobId() != null) {
                ownJobIds.put(file.jobId(), file.ordinal());
            }
        }
        for (DelayedFile file : commit.delayed()) {
            MemoryPage of = page(file.ordinal());
            forgetDelay(of.delayed(file.ordinal()));
            if (of.delay(file) && file.notBefore() != null) {
                delays.add(new Delay(file.notBefore(), file.ordinal()));
            }
        }
        return ownJobIds;
    }

    private void forgetDelay(@Nullable DelayedFile file) {
        if (file != null && file.notBefore() != null) {
            delays.remove(new Delay(file.notBefore(), file.ordinal()));
        }
    }

    List<FileRecord> read(DelayedQuery query) {
        return delays.tailSet(new Delay(query.from(), query.fromOrdinal())).stream()
                .limit(query.limit())
                .map(delay -> read(delay.ordinal))
                .toList();
    }

    List<FileRecord> read(FileQuery.InBatch query) {
        List<FileRecord> found = new ArrayList<>();
        var start = pages.floorKey(query.from());
        for (MemoryPage page : pages.tailMap(start == null ? 0L : start).values()) {
            long end = Math.min(page.end(), query.below());
            for (long ordinal = Math.max(page.first(), query.from()); ordinal < end; ordinal++) {
                if (found.size() == query.limit()) {
                    return found;
                }
                FileOutcome outcome = page.outcome(ordinal);
                if (query.outcomes().isEmpty()
                        || (outcome != null && query.outcomes().contains(outcome))) {
                    found.add(page.read(ordinal));
                }
            }
        }
        return found;
    }

    /** Tells the job ids that are a factory's own, each with its file's ordinal. */
    void forEachOwnJobId(BiConsumer<String, Long> to) {
        pages.values().forEach(page -> page.forEachOwnJobId(to));
    }

    FileRecord read(long ordinal) {
        return page(ordinal).read(ordinal);
    }

    private MemoryPage page(long ordinal) {
        return pages.floorEntry(ordinal).getValue();
    }

    private void requireListed(long ordinal, long end) {
        if (ordinal < 0 || ordinal >= end) {
            throw new IllegalArgumentException(
                    Text.format("file %d of batch %s is of no recorded page", ordinal, stored.id()));
        }
    }
}
