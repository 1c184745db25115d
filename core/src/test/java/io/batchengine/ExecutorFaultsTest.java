package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import io.batchengine.model.BatchStatus;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Executors and timers of the host that lose tasks, run them twice or throw Errors: told, survived, and closed in time. */
class ExecutorFaultsTest {
    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", 300);
    private int jobs;

    private final JobFactory good = TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
        jobs++;
        return Outcome.succeeded();
    })));

    /** What an executor does with a task. */
    enum Fault {
        DROPS {
            @Override
            void take(Runnable task, Executor real) {}
        },
        THROWS_AN_ERROR {
            @Override
            void take(Runnable task, Executor real) {
                throw new OutOfMemoryError("unable to create native thread");
            }
        },
        TAKES_AND_THROWS {
            @Override
            void take(Runnable task, Executor real) {
                real.execute(task);
                throw new RejectedExecutionException("so it says");
            }
        },
        RUNS_TWICE {
            @Override
            void take(Runnable task, Executor real) {
                real.execute(task);
                real.execute(task);
            }
        };

        abstract void take(Runnable task, Executor real);
    }

    private BatchEngine engine(Executor workers, Executor orchestration) {
        return BatchEngine.builder()
                .executor(workers, 2)
                .orchestrationExecutor(orchestration)
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos))
                .sourceDirectory(directory)
                .jobFactory(good)
                .build();
    }

    private void assertClosesWithin(BatchEngine engine, Duration deadline) {
        var closed = engine.closeAsync(deadline).toCompletableFuture();
        machine.advance(deadline.plusMillis(100));
        assertThat(closed).isCompleted();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"THROWS_AN_ERROR", "TAKES_AND_THROWS", "RUNS_TWICE"})
    void one_fault_at_any_task_of_either_executor_changes_nothing(Fault fault) {
        for (int failing = 1; failing < 40; failing++) {
            int at = failing;
            AtomicInteger tasks = new AtomicInteger();
            jobs = 0;
            Executor moody = task -> {
                if (tasks.incrementAndGet() == at) {
                    fault.take(task, machine.executor());
                } else {
                    machine.executor().execute(task);
                }
            };
            BatchEngine engine = engine(moody, moody);
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            machine.advance(Duration.ofMinutes(1));
            assertThat(engine.batches().get(id).status()).as("task %d", at).isEqualTo(BatchStatus.COMPLETED);
            assertThat(jobs).isEqualTo(300);
            assertThat(engine.health().problems()).isEmpty();
            assertThat(engine.health().jobsInFlight()).isZero();
            assertClosesWithin(engine, Duration.ofSeconds(5));
        }
    }

    @Test
    void an_executor_that_drops_jobs_is_told_and_their_batch_can_be_cancelled() {
        Executor dropping = task -> {};
        BatchEngine engine = engine(dropping, machine.executor());
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(15));
        assertThat(engine.health().problems()).isEmpty();
        machine.advance(Duration.ofSeconds(15));
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("given to the executor of jobs")
                        .contains("has not begun for"));
        var unused = engine.batches().cancel(id);
        machine.advance(Duration.ofSeconds(11)); // the grace time of a job that runs
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.health().jobsInFlight()).isZero();
        assertThat(engine.health().problems()).isEmpty();
        assertClosesWithin(engine, Duration.ofSeconds(1));
    }

    @Test
    void an_orchestration_executor_that_drops_tasks_is_told() {
        Executor dropping = task -> {};
        BatchEngine engine = engine(machine.executor(), dropping);
        var unused = engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(30));
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem)
                        .contains("given to the orchestration executor")
                        .contains("has not begun for"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_dropped_turn_is_given_back_when_the_engine_closes(boolean late) {
        List<Runnable> kept = new ArrayList<>();
        BatchEngine engine = engine(kept::add, machine.executor());
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(5));
        var closed = engine.closeAsync(Duration.ofSeconds(5)).toCompletableFuture();
        machine.advance(Duration.ofSeconds(3)); // from half of the deadline on
        assertThat(closed).isCompletedWithValueMatching(CloseReport::clean);
        if (late) {
            kept.forEach(Runnable::run);
            machine.advance(Duration.ofSeconds(1));
        }
        assertThat(kept).isNotEmpty();
        assertThat(jobs).isZero();
        assertThat(engine.health().problems()).isEmpty();
        assertThat(id).isNotEmpty();
    }

    @Test
    void a_timer_that_its_host_has_ended_is_named() {
        boolean[] ended = {false};
        BatchEngine engine = machine.engine()
                .environment(environment -> environment.withTimer((task, delay) -> {
                    if (ended[0]) {
                        throw new RejectedExecutionException("terminated");
                    }
                    return machine.timer().schedule(task, delay);
                }))
                .sourceDirectory(directory)
                .jobFactory(good)
                .build();
        ended[0] = true;
        var unused = engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(5));
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains("the timer rejects tasks"))
                .noneSatisfy(problem -> assertThat(problem).contains("defect"));
    }

    @Test
    void jobs_that_do_not_stop_and_hold_all_workers_are_told() {
        CountDownLatch release = new CountDownLatch(1);
        try (BatchEngine engine = BatchEngine.builder()
                .threads(2)
                .stopGrace(Duration.ofMillis(50))
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    Uninterruptibles.awaitUninterruptibly(release);
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            Awaitility.await().until(() -> engine.health().jobsInFlight() == 2);
            var unused = engine.batches().cancel(id);
            Awaitility.await().until(() -> engine.health().stuckJobs() == 2);
            assertThat(engine.health().problems())
                    .singleElement()
                    .asString()
                    .contains("all 2 workers are held by jobs that did not stop");
            release.countDown();
            Awaitility.await().until(() -> engine.health().problems().isEmpty());
        } finally {
            release.countDown();
        }
    }
}
