package io.batchengine.benchmarks.lineup;

import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.rows.RowBlock;
import io.batchengine.benchmarks.rows.RowSink;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a careful engineer writes by hand: a fixed pool with a {@code submit} per file whose results go into a bounded queue, and one writer
 * that inserts what is there, 1,000 rows or more a commit while there are so many.
 */
final class DurablePool implements Contender {
    private static final int LEAST = 1_000; // rows in a commit, except for the last
    private static final int QUEUE = 20_000;

    private final CountedFiles files = CountedFiles.prepared();
    private final ExecutorService pool;
    private final ExecutorService submitter = Executors.newSingleThreadExecutor();
    private final RowSink sink;
    private final RowBlock block = new RowBlock(BareLoop.COMMIT);

    /** What a worker hands to the writer. */
    record Result(int ordinal, String fileId, int outcome, long finishedUs, int durationMs) {}

    DurablePool(RowSink sink, int threads) {
        this.sink = sink;
        pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the writer counts the results
    public void run(int count, FileJob job) throws IOException, SQLException, InterruptedException {
        sink.create(1);
        BlockingQueue<Result> results = new ArrayBlockingQueue<>(QUEUE);
        submitter.submit(() -> {
            int ordinal = 0;
            for (SourceFile file : files.files(count).files()) {
                int own = ordinal++;
                pool.submit(() -> {
                    results.put(run(own, file, job));
                    return null;
                });
            }
        });
        write(results, count);
    }

    private static Result run(int ordinal, SourceFile file, FileJob job) {
        long start = System.nanoTime();
        int outcome = job.run(ordinal) == null ? 0 : 1;
        int millis = (int) ((System.nanoTime() - start) / 1_000_000);
        return new Result(ordinal, file.id(), outcome, System.currentTimeMillis() * 1_000, millis);
    }

    private void write(BlockingQueue<Result> results, int count)
            throws IOException, SQLException, InterruptedException {
        for (int taken = 1; taken <= count; taken++) {
            Result result = results.take();
            block.add(result.ordinal(), result.fileId(), result.outcome(), result.finishedUs(), result.durationMs());
            if (block.isFull() || taken == count || (block.size() >= LEAST && results.isEmpty())) {
                sink.write(block);
                block.clear();
            }
        }
    }

    @Override
    public void clear() throws IOException, SQLException {
        sink.clear();
    }

    @Override
    public void close() throws IOException, SQLException {
        submitter.shutdownNow();
        pool.shutdownNow();
        sink.close();
    }
}
