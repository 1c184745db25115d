package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.DelayedFile.StartMark;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What waits while a file that may have killed its process runs alone. */
class IsolationTest {
    private static final Duration BACKOFF = Duration.ofSeconds(5);

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final Map<String, CompletableFuture<Outcome>> running = new HashMap<>();

    @Test
    void a_batch_that_waits_is_served_although_a_file_came_due_beside_the_one_that_runs_alone() {
        ManualMachine.Simulated process = machine.process();
        BatchEngine engine = engine(process);
        String suspected = engine.batches().create("dir-a", TYPE, "cfg").id();
        for (int crashes = 0; crashes < 3; crashes++) {
            machine.advance(Duration.ofSeconds(1));
            process.kill();
            machine.advance(Duration.ofMinutes(1));
            process = machine.process();
            running.clear();
            engine = engine(process);
        }
        machine.advance(Duration.ofSeconds(1));
        assertThat(running).containsOnlyKeys("first");
        String waiting = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.run();

        end("first", Outcome.failedRetryably("again"));
        assertThat(running).as("alone").containsOnlyKeys("second");
        assertThat(delayed(suspected, 1).mark()).isEqualTo(StartMark.ALONE);
        machine.advance(BACKOFF);
        assertThat(running).as("alone, though another one is due").containsOnlyKeys("second");

        end("second", Outcome.succeeded());
        while (!running.isEmpty()) {
            end(running.keySet().iterator().next(), Outcome.succeeded());
        }
        assertThat(engine.batches().get(suspected).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().get(waiting).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    private BatchEngine engine(ManualMachine.Simulated process) {
        return process.engine(2)
                .sourceDirectory(
                        new ListedDirectory().with("dir-a", "first", "second").with("dir-b", "other"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    running.put(job.file().id(), end);
                    return end;
                }))))
                .store(store)
                .maxInFlight(1)
                .defaultOptions(BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withBackoff(BACKOFF, BACKOFF)))
                .build();
    }

    private void end(String fileId, Outcome outcome) {
        requireNonNull(running.remove(fileId)).complete(outcome);
        machine.run();
    }

    private DelayedFile delayed(String id, long ordinal) {
        return requireNonNull(store.files(FileQuery.InBatch.of(id, ordinal, ordinal + 1, Set.of(), 1))
                .get(0)
                .delayed());
    }
}
