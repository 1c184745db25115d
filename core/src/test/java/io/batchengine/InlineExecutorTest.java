package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** An executor that runs jobs on the thread that submits them. */
class InlineExecutorTest {
    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final RecordingListener events = new RecordingListener();
    private final Set<String> down = new HashSet<>();

    @Test
    void an_executor_that_runs_inline_is_fine() {
        // One file a turn: were the turns nested, the stack would not last.
        try (BatchEngine engine = BatchEngine.builder()
                .executor(Runnable::run, 3)
                .environment(environment -> environment.withStepsPerTask(1))
                .sourceDirectory(new ListedDirectory().generating("dir-big", 20_000))
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build()) {
            String id = engine.batches().create("dir-big", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(30));
            assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(20_000);
            assertThat(engine.health().problems()).isEmpty();
        }
    }

    @Test
    void a_job_that_takes_long_holds_up_no_write_and_no_event() {
        List<Long> listed = new ArrayList<>();
        List<String> progressed = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        BatchEngine engine = inline().sourceDirectory(new ListedDirectory().with("dir-a", "a", "b", "c"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    if (listed.isEmpty()) {
                        machine.run(); // what other threads do meanwhile
                        ids.forEach(id -> listed.add(listed(id)));
                        progressed.addAll(progressed());
                    }
                    return Outcome.succeeded();
                }))))
                .pageSize(1)
                .build();
        ids.add(engine.batches().create("dir-a", TYPE, "cfg").id());
        ids.add(engine.batches().create("dir-a", TYPE, "cfg").id());
        machine.advance(Duration.ofSeconds(1));
        assertThat(listed).as("recorded while the first job ran").containsExactly(3L, 3L);
        assertThat(progressed).as("told while the first job ran").containsAll(ids);
        assertThat(ids)
                .allSatisfy(id -> assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED));
    }

    @Test
    void a_job_that_takes_long_holds_up_no_cancellation() {
        Map<String, CompletableFuture<Outcome>> running = new HashMap<>();
        List<Boolean> stopped = new ArrayList<>();
        BatchEngine engine = inline().sourceDirectory(
                        new ListedDirectory().with("dir-a", "cancelled").with("dir-b", "first", "long"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        request.file().id().equals("long")
                                ? Job.blocking(job -> {
                                    machine.run(); // what other threads do meanwhile
                                    stopped.add(requireNonNull(running.get("cancelled"))
                                            .isDone());
                                    return Outcome.succeeded();
                                })
                                : Job.async(job -> untilStopped(job, running)))))
                .maxInFlight(2)
                .lease(Duration.ofSeconds(30))
                .pollInterval(Duration.ofSeconds(100))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        engine.batches().create("dir-b", TYPE, "cfg");
        down.add("renew");
        machine.advance(Duration.ofSeconds(21));
        requireNonNull(running.get("first")).complete(Outcome.succeeded());
        machine.run();
        store.requestCancel(new BatchKey.ById("prj-default", id));
        assertThat(stopped).as("the engine is suspended").isEmpty();

        down.clear();
        machine.advance(Duration.ofSeconds(9)); // one renewal resumes the engine and tells of the cancel request
        assertThat(stopped).containsExactly(true);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
    }

    private static CompletableFuture<Outcome> untilStopped(
            JobContext job, Map<String, CompletableFuture<Outcome>> running) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        running.put(job.file().id(), end);
        job.onStopRequested(() -> end.complete(Outcome.stopped()));
        return end;
    }

    private BatchEngineBuilder inline() {
        return BatchEngine.builder()
                .executor(Runnable::run, 2)
                .orchestrationExecutor(machine.executor())
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos))
                .store(new FailingStore(store, call -> down.contains(call) ? Fault.BEFORE : Fault.NONE))
                .listener(events);
    }

    private long listed(String id) {
        return store.find(new BatchKey.ById("prj-default", id))
                .orElseThrow()
                .state()
                .counts()
                .listed();
    }

    private List<String> progressed() {
        return events.events().stream()
                .filter(BatchEvent.Progressed.class::isInstance)
                .map(event -> event.batch().batchId())
                .toList();
    }
}
