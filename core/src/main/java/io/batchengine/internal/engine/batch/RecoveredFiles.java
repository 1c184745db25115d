package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what an earlier engine left of a batch. Keeps only what is of pages that are not settled as a whole: one slow file at the begin
 * must not cost the memory of all. Files that wait for a retry stay in the store alone where they are more than may wait in memory.
 */
public final class RecoveredFiles {
    private final EngineBase engine;
    private final BatchRecord batch;
    private final List<OpenPage> pages = new ArrayList<>();
    private final List<Integer> delaysOfPages = new ArrayList<>(); // as pages
    private final List<Recovered.Unsettled> unsettled = new ArrayList<>();
    private final List<Recovered.Unsettled> delayed = new ArrayList<>(); // emptied when they become too many
    private long delays;
    private @Nullable Instant firstDue;

    public RecoveredFiles(EngineBase engine, BatchRecord batch) {
        this.engine = engine;
        this.batch = batch;
    }

    /** The files from an ordinal on, without a gap. */
    public void add(long first, List<FileRecord> read) {
        if (read.stream().allMatch(file -> file.settled() != null)) {
            return;
        }
        OpenPage page =
                new OpenPage(first, read.stream().map(FileRecord::fileId).toList());
        int delaysBefore = (int) delays;
        for (FileRecord file : read) {
            DelayedFile delayed = file.delayed();
            if (file.settled() != null) {
                page.settle(file.ordinal());
            } else if (delayed != null && isDelay(delayed)) {
                addDelay(file, delayed);
            } else {
                unsettled.add(found(file));
            }
        }
        pages.add(page);
        delaysOfPages.add((int) delays - delaysBefore);
        if (isTooMany()) {
            leaveInStore();
        }
    }

    public Recovered end(boolean ownerLost, long listedEnd) {
        if (isTooMany()) {
            return new Recovered(ownerLost, pages, unsettled, delays, firstDue, listedEnd);
        }
        unsettled.addAll(delayed);
        unsettled.sort(Comparator.comparingLong(file -> file.again().ordinal()));
        return new Recovered(ownerLost, pages, unsettled, 0, null, listedEnd);
    }

    private boolean isTooMany() {
        return delays > engine.tuning.delayedInMemory();
    }

    private void addDelay(FileRecord file, DelayedFile waiting) {
        delays++;
        Instant due = waiting.notBefore();
        if (firstDue == null || (due != null && due.isBefore(firstDue))) {
            firstDue = due;
        }
        if (!isTooMany()) {
            delayed.add(found(file));
        }
    }

    private void leaveInStore() {
        delayed.clear();
        for (int i = 0; i < pages.size(); i++) {
            OpenPage page = pages.get(i);
            page.leave(delaysOfPages.set(i, 0));
            if (page.isIdle()) {
                page.forgetIds();
            }
        }
    }

    private Recovered.Unsettled found(FileRecord file) {
        String lastError = "an attempt failed before the batch was taken over";
        return new Recovered.Unsettled(RequeuedFile.readBack(engine, batch, file, lastError), file.delayed());
    }

    /** A mark or a loss makes it a poison file, which must not wait where it is not seen. */
    private static boolean isDelay(DelayedFile delayed) {
        return delayed.notBefore() != null && delayed.mark() == DelayedFile.StartMark.NONE && delayed.crashes() == 0;
    }
}
