package io.batchengine.benchmarks.guard;

import io.batchengine.PageRequest;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import io.batchengine.spi.Job;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.util.List;
import java.util.Map;

/** What is run to count what it asks of the store. */
enum Scenario {
    /** One batch of 100,000 files. */
    ONE_BATCH("one-batch", 1, 100_000, 0),
    /** A thousand of 10, all at once. */
    SMALL_BATCHES("1000-batches", 1_000, 10, 0),
    /** One batch of 10,000, of which one in a hundred fails three times. */
    RETRIES("1-percent-retried", 1, 10_000, 100);

    private static final RetryPolicy THREE_TIMES = RetryPolicy.of(3);
    private static final int READ = 1_000;

    private final String label;
    private final int batches;
    private final int filesEach;
    private final int failing; // one in so many; 0: none

    Scenario(String label, int batches, int filesEach, int failing) {
        this.label = label;
        this.batches = batches;
        this.filesEach = filesEach;
        this.failing = failing;
    }

    /**
     * Runs it, then reads the results of a large batch page by page; puts both counts per 10,000 files into a map.
     *
     * @param calls counts the calls of the store
     * @param counts what is put: the same, or the statements of its database
     */
    void count(String prefix, BatchStore store, Counts calls, Counts counts, Map<String, Double> target) {
        long files = (long) batches * filesEach;
        try (SimulatedRun run = new SimulatedRun(store, calls, filesEach, job())) {
            counts.clear();
            RetryPolicy retry = failing == 0 ? RetryPolicy.NONE : THREE_TIMES;
            List<Batch> ended = run.run(batches, BatchOptions.DEFAULT.withRetry(retry));
            counts.putPer10k(Text.format("%s/%s/", prefix, label), files, target);
            if (this == ONE_BATCH) {
                counts.clear();
                read(run, ended.get(0));
                counts.putPer10k(Text.format("%s/%s/", prefix, "paged-read"), files, target);
            }
        }
    }

    private Job.BlockingJob job() {
        Outcome failed = Outcome.failedRetryably("can't be read");
        return job -> failing > 0 && job.ordinal() % failing == 0 ? failed : Outcome.succeeded();
    }

    private static void read(SimulatedRun run, Batch batch) {
        PageRequest request = PageRequest.ofSize(READ);
        do {
            request = request.withPageToken(
                    run.engine().batches().results(batch.id(), request).nextPageToken());
        } while (request.pageToken() != null);
    }
}
