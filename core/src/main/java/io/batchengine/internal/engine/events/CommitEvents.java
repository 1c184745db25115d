package io.batchengine.internal.engine.events;

import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Tells the listeners what a written commit has changed. Confined to the serial executor. */
public final class CommitEvents {
    private final Events events;
    private final LongSupplier ticker;
    private final Function<StoredBatch, BatchProgress> progress;
    private boolean progressDue;
    private long progressAt;
    private boolean progressBefore;

    public CommitEvents(Events events, LongSupplier ticker, Function<StoredBatch, BatchProgress> progress) {
        this.events = events;
        this.ticker = ticker;
        this.progress = progress;
    }

    /** The batch as it is written now, its status before, the files settled, and whether it has come further. */
    public void tell(StoredBatch durable, BatchStatus before, List<FileRecord> records, boolean moved) {
        BatchStatus after = durable.state().status();
        if (before != after && !after.isTerminal()) {
            events.statusChanged(durable);
        }
        if (!records.isEmpty()) {
            events.filesSettled(durable, records);
        }
        progressDue |= moved;
        long nanos = ticker.getAsLong();
        boolean spaced = !progressBefore || nanos - progressAt >= Tuning.PROGRESS_INTERVAL.toNanos();
        if (after.isTerminal() || (progressDue && spaced)) {
            progressDue = false;
            progressBefore = true;
            progressAt = nanos;
            events.progressed(durable, () -> progress.apply(durable));
        }
        if (before != after && after.isTerminal()) {
            events.statusChanged(durable);
        }
    }
}
