package io.batchengine.examples.embedding;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Keeps state in a file: killed at any moment and started again, it continues its batch and runs no settled file twice. */
public final class DurableState {
    private DurableState() {}

    /**
     * Runs it.
     *
     * @param args the directory, and the file for the state
     */
    public static void main(String[] args) {
        // README:begin durable
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", Path.of(args[0]))))
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()))
                .storeInFile(Path.of(args[1])) // takes over what an earlier process left
                .build()) {
            Batch batch = engine.batches()
                    .create(CreateBatch.of("dir-inbox", JobType.of("noop_v1"), "cfg-default")
                            .withIdempotencyKey("inbox-of-november")); // sent again after a crash: the same batch
            // README:end durable
            Batch ended = engine.batches().await(batch.id(), Duration.ofHours(1));
            System.out.println(ended.id() + " is " + ended.status());
        }
    }
}
