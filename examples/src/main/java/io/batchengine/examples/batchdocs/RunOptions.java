package io.batchengine.examples.batchdocs;

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
            description = "How many documents are worked on at a time. Default: one per processor")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Writes the log to a file. Default: there is none",
            converter = PathConverter.class)
    @Nullable
    Path log;

    @Option(names = "--verbose", description = "Writes the log to standard error")
    boolean verbose;

    /** Refuses what can be told to be wrong before anything is made. */
    void check() {
        if (threads < 1 || threads > 1_000) {
            throw new UsageException("--threads %d is not within 1 to 1000".formatted(threads));
        }
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
