package io.batchengine.bundled;

import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.ListedPage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A recorded page and what became of its files, in columns: an object per file would be most of the store's memory. What few files have
 * (further attempts, a job id of its own, a message) is kept aside. Guarded by the store.
 */
final class MemoryPage {
    private record Rare(
            int attempts, @Nullable String jobId, @Nullable String message) {}

    private final String batchId;
    private final ListedPage page;
    private final @Nullable FileOutcome[] outcomes; // null: not settled
    private final long[] finishedMicros;
    private final int[] durations;
    private final Map<Integer, Rare> rare = new HashMap<>(0);
    private final Map<Long, DelayedFile> delayed = new HashMap<>(0);

    MemoryPage(String batchId, ListedPage page) {
        int size = page.fileIds().size();
        this.batchId = batchId;
        this.page = page;
        this.outcomes = new FileOutcome[size];
        this.finishedMicros = new long[size];
        this.durations = new int[size];
    }

    long first() {
        return page.firstOrdinal();
    }

    long end() {
        return page.firstOrdinal() + outcomes.length;
    }

    /** Records the end of a file; the first one counts. */
    boolean settle(SettledFile file) {
        int index = index(file.ordinal());
        if (outcomes[index] != null) {
            return false;
        }
        outcomes[index] = file.outcome();
        finishedMicros[index] = ChronoUnit.MICROS.between(Instant.EPOCH, file.finishedAt());
        durations[index] = file.durationMillis();
        if (file.attempts() != 1 || file.jobId() != null || file.message() != null) {
            rare.put(index, new Rare(file.attempts(), file.jobId(), file.message()));
        }
        delayed.remove(file.ordinal());
        return true;
    }

    void forEachOwnJobId(BiConsumer<String, Long> to) {
        rare.forEach((index, more) -> {
            if (more.jobId != null) {
                to.accept(more.jobId, first() + index);
            }
        });
    }

    /** Records what there is to tell of a file; false where it is settled. */
    boolean delay(DelayedFile file) {
        if (outcomes[index(file.ordinal())] != null) {
            return false;
        }
        delayed.put(file.ordinal(), file);
        return true;
    }

    @Nullable
    DelayedFile delayed(long ordinal) {
        return delayed.isEmpty() ? null : delayed.get(ordinal);
    }

    @Nullable
    FileOutcome outcome(long ordinal) {
        return outcomes[index(ordinal)];
    }

    FileRecord read(long ordinal) {
        int index = index(ordinal);
        FileOutcome outcome = outcome(ordinal);
        SettledFile settled = null;
        if (outcome != null) {
            Rare more = rare.get(index);
            settled = SettledFile.of(
                    ordinal,
                    outcome,
                    more == null ? 1 : more.attempts,
                    Instant.EPOCH.plus(finishedMicros[index], ChronoUnit.MICROS),
                    durations[index],
                    more == null ? null : more.jobId,
                    more == null ? null : more.message);
        }
        return FileRecord.of(batchId, ordinal, page.fileIds().get(index), settled, delayed.get(ordinal));
    }

    private int index(long ordinal) {
        return (int) (ordinal - page.firstOrdinal());
    }
}
