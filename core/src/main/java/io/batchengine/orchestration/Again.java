package io.batchengine.orchestration;

import io.batchengine.spi.FileRecord;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SourceFile;
import org.jspecify.annotations.Nullable;

/**
 * A file that is to be started, again or after it was put back.
 *
 * @param ordinal its place in the listing
 * @param fileId its id
 * @param file the file
 * @param attempts how often it was started so far
 * @param lastError why the last attempt failed, or empty where none did
 * @param mapped whether a job has been created for it
 * @param jobId that job's id where it is the factory's own, or null
 */
record Again(
        long ordinal,
        String fileId,
        SourceFile file,
        int attempts,
        String lastError,
        boolean mapped,
        @Nullable String jobId) {
    /** A file as a store tells it; it is looked up when a worker first needs it. */
    static Again readBack(EngineBase engine, NewBatch batch, FileRecord file, String lastError) {
        ParkedFile parked = file.parked();
        return new Again(
                file.ordinal(),
                file.fileId(),
                new FoundAgain(engine.directory, batch.scope(), batch.sourceDirectoryId(), file.fileId()),
                parked == null ? 0 : parked.attempts(),
                lastError,
                parked != null && parked.mapped(),
                null);
    }
}
