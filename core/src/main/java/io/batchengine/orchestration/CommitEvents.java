package io.batchengine.orchestration;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.StoredBatch;
import java.util.List;

/** Tells the listeners what a written commit has changed. Confined to decisions. */
final class CommitEvents {
    private final BatchRun run;
    private boolean progressDue;
    private long progressAt;
    private boolean progressBefore;

    CommitEvents(BatchRun run) {
        this.run = run;
    }

    /** The batch as it is written now, its status before, the files settled, and whether it has come further. */
    void tell(StoredBatch durable, BatchStatus before, List<FileRecord> records, boolean moved) {
        Events events = run.engine.events;
        BatchStatus after = durable.state().status();
        if (before != after && !after.isTerminal()) {
            events.statusChanged(durable);
        }
        if (!records.isEmpty()) {
            events.filesSettled(durable, records);
        }
        progressDue |= moved;
        long nanos = run.engine.nanos();
        boolean spaced = !progressBefore || nanos - progressAt >= Tuning.PROGRESS_INTERVAL.toNanos();
        if (after.isTerminal() || (progressDue && spaced)) {
            progressDue = false;
            progressBefore = true;
            progressAt = nanos;
            events.progressed(
                    durable, () -> ProgressView.of(durable, run, nanos, run.engine.storeFailure(durable.id())));
        }
        if (before != after && after.isTerminal()) {
            events.statusChanged(durable);
        }
    }
}
