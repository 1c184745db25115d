package io.batchengine.examples.batchdocs;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The flags that say how batches are run, and where to. */
final class RunOptions {
    @Mixin
    StoreOptions places = new StoreOptions();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many documents to work on at a time. Default: one per processor")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--rate",
            paramLabel = "N[:BURST]",
            description =
                    "How many documents to start in a second, retries included. After a rest, BURST may start at once. Default: no bound; BURST is a tenth of N",
            converter = RateConverter.class)
    @Nullable
    Rate rate;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Writes the log to a file. Default: no log",
            converter = PathConverter.class)
    @Nullable
    Path log;

    @Option(names = "--verbose", description = "Writes the log to standard error")
    boolean verbose;

    /** Refuses what can be told to be wrong before anything is made. */
    void check() {
        var unusedScope = places.scope();
        if (threads < 1 || threads > 1_000) {
            throw new UsageException(Text.format("--threads %d is not within 1 to 1000", threads));
        }
    }

    /** What these flags allow an engine that runs batches of one type. */
    Limits limits(JobType type) {
        return Limits.DEFAULT.withJobType(type, JobTypeLimits.NONE.withRate(rate));
    }

    /** Begins to log as asked for; the last thing before a batch is run. */
    void startLog(Console console) {
        if (log != null) {
            Logs.toFile(log);
        }
        if (verbose) {
            Logs.to(console.err());
        }
    }
}
