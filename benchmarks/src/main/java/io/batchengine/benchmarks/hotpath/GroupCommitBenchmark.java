package io.batchengine.benchmarks.hotpath;

import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Group commit: one commit of 5,000 settled files and the pages that name them, of one batch or of a hundred, to a SQLite file, its sync included. The
 * file is new in each iteration. Time is per file.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class GroupCommitBenchmark {
    private static final int FILES = 5_000;

    /** How many batches the files are of. */
    @Param({"1", "100"})
    public int batches;

    private Path folder;
    private BatchStore store;
    private CommitFeed feed;

    /**
     * Opens a new file.
     *
     * @throws IOException if there can be none
     */
    @Setup(Level.Iteration)
    public void start() throws IOException {
        folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "group-commit-");
        store = JdbcBatchStore.sqlite(folder.resolve("batches.db"));
        feed = new CommitFeed(store, batches);
    }

    /**
     * Takes it away.
     *
     * @throws IOException if it can't be
     */
    @TearDown(Level.Iteration)
    public void stop() throws IOException {
        store.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * One commit.
     *
     * @return its verdicts
     */
    @Benchmark
    @OperationsPerInvocation(FILES)
    public List<Verdict> commit() {
        return feed.commit(FILES / batches);
    }
}
