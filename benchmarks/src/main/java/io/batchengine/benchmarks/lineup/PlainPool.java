package io.batchengine.benchmarks.lineup;

import io.batchengine.benchmarks.CountedFiles;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What many write by hand, with nothing durable: a fixed pool with one {@code submit} per file that makes the same result as the engine and
 * puts it into a {@code ConcurrentHashMap}.
 */
final class PlainPool implements Contender {
    private final CountedFiles files = CountedFiles.prepared();
    private final ExecutorService pool;
    private Map<String, Result> results = new ConcurrentHashMap<>();

    /** What is kept for a file. */
    record Result(String fileId, String jobId, BatchStatus status) {}

    PlainPool(int threads) {
        pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the latch tells the end
    public void run(int count, FileJob job) throws InterruptedException {
        String batchId = Ids.newBatchId(System.currentTimeMillis(), new Random(1));
        Map<String, Result> kept = new ConcurrentHashMap<>();
        CountDownLatch done = new CountDownLatch(count);
        int ordinal = 0;
        for (SourceFile file : files.files(count).files()) {
            int own = ordinal++;
            pool.submit(() -> {
                BatchStatus status = job.run(own) == null ? BatchStatus.COMPLETED : BatchStatus.FAILED;
                String jobId = Ids.proposedJobId("nop-", batchId, own);
                kept.put(file.id(), new Result(file.id(), jobId, status));
                done.countDown();
            });
        }
        done.await();
        results = kept;
        if (results.size() != count) {
            throw new IllegalStateException(Text.format("%d results for %d files", results.size(), count));
        }
    }

    @Override
    public void clear() {
        results = new ConcurrentHashMap<>();
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
