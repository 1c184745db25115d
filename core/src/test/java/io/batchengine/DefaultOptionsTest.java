package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where the options of a batch come from, and that they are its own from its creation on. */
class DefaultOptionsTest {
    private static final JobType OTHER = JobType.of("other_v1");
    private static final BatchOptions DEFAULTS = BatchOptions.DEFAULT
            .withRetry(RetryPolicy.of(2))
            .withJobTimeout(Duration.ofMinutes(7))
            .withTolerance(FailureTolerance.ofPercent(5))
            .withPriority(7);
    private static final RetryPolicy OF_TYPE =
            RetryPolicy.of(4).withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private int starts;

    @Test
    void a_batch_without_options_has_the_policy_of_its_type_within_the_defaults() {
        BatchEngine engine =
                builder().defaultOptions(DEFAULTS).retry(TYPE, OF_TYPE).build();
        assertThat(optionsOf(engine.batches().create("dir-a", TYPE, "cfg"))).isEqualTo(DEFAULTS.withRetry(OF_TYPE));
        assertThat(optionsOf(engine.batches().create("dir-a", OTHER, "cfg"))).isEqualTo(DEFAULTS);
    }

    @Test
    void a_batch_with_options_has_those_alone() {
        BatchEngine engine =
                builder().defaultOptions(DEFAULTS).retry(TYPE, OF_TYPE).build();
        Batch batch =
                engine.batches().create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT));
        assertThat(optionsOf(batch)).isEqualTo(BatchOptions.DEFAULT);
    }

    @Test
    void without_defaults_the_policy_of_its_type_stands_alone() {
        BatchEngine engine = builder().retry(TYPE, OF_TYPE).build();
        assertThat(optionsOf(engine.batches().create("dir-a", TYPE, "cfg")))
                .isEqualTo(BatchOptions.DEFAULT.withRetry(OF_TYPE));
    }

    @Test
    void a_batch_keeps_its_policy_in_an_engine_that_has_another_one() {
        ManualMachine.Simulated process = machine.process();
        BatchEngine first = failing(process.engine(1)).retry(TYPE, OF_TYPE).build();
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        process.kill();
        machine.advance(Duration.ofMinutes(1)); // its lease
        assertThat(starts).isEqualTo(1);
        BatchEngine next =
                failing(machine.engine()).retry(TYPE, RetryPolicy.NONE).build();
        machine.advanceUntil(() -> next.batches().get(id).status().isTerminal());
        assertThat(starts).isEqualTo(OF_TYPE.maxAttempts());
    }

    @Test
    void a_retry_of_failed_files_goes_by_the_options_of_the_first_batch() {
        BatchEngine engine = failing(machine.engine()).retry(TYPE, OF_TYPE).build();
        BatchOptions own = BatchOptions.DEFAULT.withPriority(2);
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(own))
                .id();
        machine.run();
        assertThat(optionsOf(engine.batches().retryFailed(id))).isEqualTo(own);
    }

    private BatchOptions optionsOf(Batch batch) {
        return store.find(new BatchKey.ById(batch.projectId(), batch.id()))
                .orElseThrow()
                .request()
                .options();
    }

    private BatchEngineBuilder builder() {
        return failing(machine.engine())
                .jobFactory(JobFactories.blocking(OTHER.name(), "oth-", job -> Outcome.succeeded()));
    }

    private BatchEngineBuilder failing(BatchEngineBuilder builder) {
        return builder.sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .store(store)
                .jobFactory(TestFactories.creating(request -> {
                    starts++;
                    throw new IllegalStateException("busy");
                }));
    }
}
