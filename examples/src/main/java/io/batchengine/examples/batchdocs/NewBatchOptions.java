package io.batchengine.examples.batchdocs;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The flags that a batch carries with it from its creation on, so that whoever continues it need not repeat them. */
final class NewBatchOptions {
    /** Of a batch without any of the flags. The timeout is far above what a document takes; for one that a parser never comes back from. */
    static final BatchOptions DEFAULT = BatchOptions.DEFAULT.withJobTimeout(Duration.ofMinutes(10));

    private static final int MOST_ATTEMPTS = 1_000;

    @Option(
            names = "--priority",
            paramLabel = "1..9",
            description = "The priority of the batch in its project; resume takes the higher first. Default: 5")
    private int priority = BatchOptions.DEFAULT_PRIORITY;

    @Option(
            names = "--tolerate",
            paramLabel = "N|N%",
            description =
                    "How many files may fail, as a number or a percentage. With more the batch stops as FAILED. Default: all",
            converter = ToleranceConverter.class)
    private FailureTolerance tolerance = FailureTolerance.ALL;

    @Option(
            names = "--attempts",
            paramLabel = "N",
            description = "How often to try a document that can't be read or runs past its time. Default: 1")
    private int attempts = 1;

    /** Refuses what can be told to be wrong before anything is made. */
    BatchOptions options() {
        if (priority < BatchOptions.LOWEST_PRIORITY || priority > BatchOptions.HIGHEST_PRIORITY) {
            throw new UsageException(Text.format(
                    "--priority %d is not within %d to %d",
                    priority, BatchOptions.LOWEST_PRIORITY, BatchOptions.HIGHEST_PRIORITY));
        }
        if (attempts < 1 || attempts > MOST_ATTEMPTS) {
            throw new UsageException(Text.format("--attempts %d is not within 1 to %d", attempts, MOST_ATTEMPTS));
        }
        return DEFAULT.withPriority(priority)
                .withTolerance(tolerance)
                .withRetry(attempts == 1 ? RetryPolicy.NONE : RetryPolicy.of(attempts));
    }
}
