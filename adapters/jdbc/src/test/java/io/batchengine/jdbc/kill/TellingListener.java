package io.batchengine.jdbc.kill;

import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.BatchSummary;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import java.util.List;
import java.util.Objects;

/** Tells the parent all events: each comes after its durable write, so it is an acknowledgement. */
final class TellingListener implements BatchListener {
    private final Pipe pipe;
    private final PlannedJobs jobs;

    TellingListener(Pipe pipe, PlannedJobs jobs) {
        this.pipe = pipe;
        this.jobs = jobs;
    }

    @Override
    public void statusChanged(BatchEvent.StatusChanged event) {
        pipe.say(new LedgerLine.Moved(
                index(event.batch()),
                event.batch().batchId(),
                event.status(),
                event.at().toString()));
    }

    @Override
    public void filesSettled(BatchEvent.FilesSettled event) {
        int batch = index(event.batch());
        List<LedgerLine.Settled> lines =
                event.files().stream().map(file -> line(batch, file)).toList();
        pipe.say(lines);
    }

    @Override
    public void progressed(BatchEvent.Progressed event) {
        pipe.say(new LedgerLine.Counted(
                index(event.batch()), event.batch().batchId(), event.progress().counts()));
    }

    private LedgerLine.Settled line(int batch, FileRecord file) {
        SettledFile settled = Objects.requireNonNull(file.settled(), "settled");
        return new LedgerLine.Settled(
                batch,
                file.batchId(),
                file.ordinal(),
                file.fileId(),
                settled.outcome(),
                settled.attempts(),
                jobs.epoch(batch, file.ordinal()));
    }

    private static int index(BatchSummary batch) {
        return PlannedBatch.indexOf(batch.sourceDirectoryId());
    }
}
