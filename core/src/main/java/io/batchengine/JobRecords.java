package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.model.Ids;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.StoredBatch;

/** Makes job records of what is stored of a file; for a job that is not settled, of what its engine knows. */
final class JobRecords {
    private JobRecords() {}

    static JobReference reference(StoredBatch batch, FileRecord file) {
        SettledFile settled = file.settled();
        JobType type = batch.request().config().job().type();
        String own = settled == null ? null : settled.jobId();
        return new JobReference(
                own != null ? own : Ids.proposedJobId(batch.request().jobIdPrefix(), batch.id(), file.ordinal()), type);
    }

    static JobRecord of(Engine engine, StoredBatch batch, FileRecord file) {
        SettledFile settled = file.settled();
        return settled == null ? unsettled(engine, batch, file) : settled(batch, file, settled);
    }

    private static JobRecord settled(StoredBatch batch, FileRecord file, SettledFile settled) {
        JobReference reference = reference(batch, file);
        JobStatus status = switch (settled.outcome()) {
            case SUCCEEDED -> JobStatus.COMPLETED;
            case CANCELLED -> JobStatus.CANCELLED;
            case FAILED, MAPPING_ERROR -> JobStatus.FAILED;
        };
        return JobRecord.builder()
                .id(reference.id())
                .type(reference.type())
                .status(status)
                .errorMessage(settled.message())
                .batchId(batch.id())
                .fileId(file.fileId())
                .attempts(settled.attempts())
                .startedAt(settled.finishedAt().minusMillis(settled.durationMillis()))
                .finishedAt(settled.finishedAt())
                .build();
    }

    private static JobRecord unsettled(Engine engine, StoredBatch batch, FileRecord file) {
        JobReference reference = reference(batch, file);
        // Answered by the serial executor, within microseconds.
        int running = engine.runningAttempt(batch.id(), file.ordinal())
                .toCompletableFuture()
                .join();
        int delayed = file.delayed() == null ? 0 : file.delayed().attempts();
        return JobRecord.builder()
                .id(reference.id())
                .type(reference.type())
                .status(running > 0 ? JobStatus.RUNNING : JobStatus.PENDING)
                .batchId(batch.id())
                .fileId(file.fileId())
                .attempts(Math.max(running, delayed))
                .build();
    }
}
