package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.fault.CheckedBatchStore;
import io.batchengine.testkit.fault.CheckedJobFactory;
import io.batchengine.testkit.fault.CheckedSourceDirectory;
import io.batchengine.testkit.fault.Fault;
import io.batchengine.testkit.fault.Faults;
import io.batchengine.testkit.fault.Violations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How to see what becomes of a batch whose store loses an answer. */
class InjectedFaultsTest {
    @Test
    void a_batch_completes_although_the_answer_to_its_second_commit_is_lost(@TempDir Path inbox) throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.createFile(inbox.resolve("file-" + i));
        }
        SourceDirectory directory = NioSourceDirectory.of(Map.of("dir-inbox", inbox));
        JobFactory factory = JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded());
        Batch ended;
        // README:begin injected-faults
        Violations violations = new Violations();
        Faults faults = new Faults()
                .on(
                        Call.STORE_COMMIT,
                        Fault.doneThenThrowing(() -> new IOException("cut off")).at(2));
        BatchStore shared = new InMemoryBatchStore();
        try (BatchEngine engine = BatchEngine.builder()
                .store(new CheckedBatchStore(faults.around(shared), violations)) // one for each engine
                .sourceDirectory(new CheckedSourceDirectory(directory, violations))
                .jobFactory(new CheckedJobFactory(factory, violations))
                .build()) {
            Batch batch = engine.batches().create("dir-inbox", JobType.of("noop_v1"), "cfg-default");
            ended = engine.batches().await(batch.id(), Duration.ofMinutes(1));
        }
        violations.assertNone();
        // README:end injected-faults
        assertThat(ended.status()).isEqualTo(BatchStatus.COMPLETED);
    }
}
