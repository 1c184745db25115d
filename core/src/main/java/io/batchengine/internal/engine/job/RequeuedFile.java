package io.batchengine.internal.engine.job;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.BatchRecord;
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
public record RequeuedFile(
        long ordinal,
        String fileId,
        SourceFile file,
        int attempts,
        String lastError,
        boolean mapped,
        @Nullable String jobId) {
    /** A file as a store tells it; it is looked up when a worker first needs it. */
    public static RequeuedFile readBack(EngineBase engine, BatchRecord batch, FileRecord file, String lastError) {
        DelayedFile delayed = file.delayed();
        return new RequeuedFile(
                file.ordinal(),
                file.fileId(),
                new LookedUpFile(engine.directory, batch.scope(), batch.sourceDirectoryId(), file.fileId()),
                delayed == null ? 0 : delayed.attempts(),
                lastError,
                delayed != null && delayed.mapped(),
                null);
    }
}
