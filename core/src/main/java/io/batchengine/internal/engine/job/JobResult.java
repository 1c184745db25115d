package io.batchengine.internal.engine.job;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What an attempt means for its file. */
public sealed interface JobResult {
    /** The file is settled. */
    record Settled(FileOutcome outcome, @Nullable String message) implements JobResult {}

    /** The attempt failed; another may do better. */
    record Retry(String message, boolean mapped) implements JobResult {}

    /** The file is put back and its batch waits. */
    record NotNow(Duration retryAfter) implements JobResult {}

    /** The file is put back: it did not run, or stopped since its engine lets go of the batch. */
    record PutBack() implements JobResult {}

    /** The job completes by itself. */
    record Started(CompletionStage<Outcome> stage) implements JobResult {}
}
