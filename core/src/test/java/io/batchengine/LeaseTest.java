package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.Outcome;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What an engine does when it can't be sure of its hold on its batches. */
class LeaseTest {
    private static final JobType TYPE = JobType.of("async_v1");

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final Set<String> down = new HashSet<>();
    private final List<CompletableFuture<Outcome>> jobs = new ArrayList<>();
    private final RecordingListener events = new RecordingListener();
    private Fault fault = Fault.BEFORE;
    private int stopped;

    private final BatchEngine engine = machine.engine()
            .sourceDirectory(new ListedDirectory().with("dir-a", "a", "b", "c", "d"))
            .jobFactory(JobFactories.async("async_v1", "asy-", context -> {
                CompletableFuture<Outcome> job = new CompletableFuture<>();
                context.onStopRequested(() -> stopped++);
                jobs.add(job);
                return job;
            }))
            .store(new FailingStore(store, call -> down.contains(call) ? fault : Fault.NONE))
            .listener(events)
            .maxInFlight(1)
            .lease(Duration.ofSeconds(30))
            .pollInterval(Duration.ofSeconds(100))
            .build();

    @Test
    void an_engine_that_could_not_renew_for_two_thirds_of_its_lease_starts_nothing_until_it_can() {
        String id = engine.batches().create("dir-a", TYPE, "cfg-any").id();
        machine.run();
        down.add("renew");
        machine.advance(Duration.ofSeconds(19));
        jobs.get(0).complete(Outcome.succeeded());
        machine.run();
        assertThat(jobs).hasSize(2);

        machine.advance(Duration.ofSeconds(1));
        jobs.get(1).complete(Outcome.succeeded());
        machine.run();
        assertThat(jobs).hasSize(2);
        assertThat(engine.health().problems()).singleElement().asString().contains("lease");

        down.clear();
        machine.advance(Duration.ofSeconds(10));
        assertThat(jobs).hasSize(3);
        jobs.get(2).complete(Outcome.succeeded());
        machine.run();
        jobs.get(3).complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void an_engine_that_claims_its_own_lapsed_batch_stops_the_jobs_that_it_ran_before() {
        engine.batches().create("dir-a", TYPE, "cfg-any");
        machine.run();
        down.add("renew");
        machine.advance(Duration.ofSeconds(101));
        assertThat(stopped).isEqualTo(1);
        down.clear();
        jobs.get(0).complete(Outcome.stopped());
        machine.advance(Duration.ofSeconds(10));
        for (int i = 1; i <= 4; i++) {
            jobs.get(i).complete(Outcome.succeeded());
            machine.run();
        }
        assertThat(jobs).hasSize(5);
        assertThat(events.settled(events.events().get(0).batch().batchId())).containsExactly("a", "b", "c", "d");
    }

    @Test
    void a_batch_whose_claim_was_not_answered_is_given_back_and_claimed_again() {
        fault = Fault.AFTER;
        down.add("claim");
        String id = engine.batches().create("dir-a", TYPE, "cfg-any").id();
        machine.run();
        assertThat(engine.health().problems()).singleElement().asString().contains("claim");
        assertThat(jobs).isEmpty();

        down.clear();
        machine.advance(Duration.ofSeconds(100));
        assertThat(jobs).hasSize(1);
        assertThat(engine.health().problems()).isEmpty();
        assertThat(events.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING);
    }

    @Test
    void an_engine_that_was_closed_with_a_job_still_running_does_not_give_its_batch_back_after_a_failed_claim() {
        engine.batches().create("dir-a", TYPE, "cfg-any");
        machine.run();
        fault = Fault.AFTER;
        down.add("claim");
        engine.batches().create("dir-a", TYPE, "cfg-any");
        machine.advance(Duration.ofSeconds(90));
        CompletableFuture<CloseReport> closed =
                engine.closeAsync(Duration.ofSeconds(5)).toCompletableFuture();
        machine.advance(Duration.ofSeconds(6));
        assertThat(closed)
                .isCompletedWithValueMatching(report -> report.stuckJobs().size() == 1);

        List<String> startedAgain = new ArrayList<>();
        machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a", "b", "c", "d"))
                .jobFactory(JobFactories.blocking("async_v1", "asy-", context -> {
                    startedAgain.add(context.file().id());
                    return Outcome.succeeded();
                }))
                .store(store)
                .build();
        machine.advance(Duration.ofSeconds(9)); // the claim that failed was 100 seconds ago
        assertThat(startedAgain).as("beside the job that still runs").isEmpty();
        machine.advance(Duration.ofSeconds(30));
        assertThat(startedAgain).as("once the lease has lapsed").contains("a", "b", "c", "d");
    }
}
