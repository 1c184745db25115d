package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.util.concurrent.Uninterruptibles;
import io.batchengine.limits.Limits;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Executors that reject or delay; interrupts; virtual threads; the limit of jobs in flight; clocks that jump. */
class ThreadsTest {
    private static final JobFactory GOOD =
            TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded())));

    private final ListedDirectory directory =
            new ListedDirectory().with("dir-a", "a", "b", "c").generating("dir-big", 20_000);

    @Test
    void an_executor_that_rejects_is_tried_again_and_named_in_health() {
        ManualMachine machine = new ManualMachine();
        AtomicInteger calls = new AtomicInteger();
        Executor moody = task -> {
            if (calls.incrementAndGet() <= 3) {
                throw new RejectedExecutionException("queue is full");
            }
            machine.executor().execute(task);
        };
        BatchEngine engine = builder(machine)
                .executor(moody, 2)
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.DEGRADED);
        assertThat(engine.health().problems()).singleElement().asString().contains("queue is full");
        assertThat(engine.health().jobsInFlight()).isZero();
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(3);
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UP);
    }

    @Test
    void an_orchestration_executor_that_rejects_is_tried_again() {
        ManualMachine machine = new ManualMachine();
        AtomicInteger calls = new AtomicInteger();
        Executor moody = task -> {
            if (calls.incrementAndGet() % 3 != 0) {
                throw new RejectedExecutionException("queue is full");
            }
            machine.executor().execute(task);
        };
        BatchEngine engine = BatchEngine.builder()
                .executor(machine.executor(), 2)
                .orchestrationExecutor(moody)
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos))
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(10));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_closed_engine_asks_nothing_more_of_an_executor_that_its_host_has_ended() {
        ManualMachine machine = new ManualMachine();
        AtomicBoolean ended = new AtomicBoolean();
        AtomicInteger rejected = new AtomicInteger();
        Executor hosts = task -> {
            if (ended.get()) {
                rejected.incrementAndGet();
                throw new RejectedExecutionException("terminated");
            }
            machine.executor().execute(task);
        };
        BatchEngine engine = BatchEngine.builder()
                .executor(hosts, 2)
                .orchestrationExecutor(hosts)
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos))
                .sourceDirectory(directory)
                .jobFactory(GOOD)
                .limits(Limits.DEFAULT.withMaxInFlight(0))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        var end = engine.batches().completion(id).toCompletableFuture(); // its poll comes after the close
        machine.run();
        var closed = engine.closeAsync(Duration.ofSeconds(5)).toCompletableFuture();
        machine.run();
        assertThat(closed).isCompletedWithValueMatching(CloseReport::clean);
        assertThat(end).isCompletedExceptionally();

        ended.set(true);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.health().problems()).isEmpty();
        assertThat(rejected).hasValue(0);
    }

    /** Calls of the host's threads are handed over by a thread of the engine, which may come late. */
    @Test
    void a_call_that_is_handed_over_late_tells_of_no_problem_of_a_closed_engine() throws Exception {
        CountDownLatch proceed = new CountDownLatch(1);
        AtomicBoolean hold = new AtomicBoolean();
        CompletableFuture<Thread> held = new CompletableFuture<>();
        ExecutorService hosts = Executors.newCachedThreadPool();
        Executor slow = task -> {
            if (Thread.currentThread().getName().contains("hand-over") && hold.compareAndSet(true, false)) {
                held.complete(Thread.currentThread());
                Uninterruptibles.awaitUninterruptibly(proceed);
            }
            hosts.execute(task);
        };
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        BatchEngine engine = BatchEngine.builder()
                .executor(hosts, 2)
                .orchestrationExecutor(slow)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    running.countDown();
                    end.await();
                    return Outcome.succeeded();
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        running.await(); // no other call is on its way
        hold.set(true);
        var ended = engine.batches().completion(id).toCompletableFuture();
        Thread late = held.get(30, TimeUnit.SECONDS);
        end.countDown();
        ended.get(30, TimeUnit.SECONDS);
        engine.close();
        hosts.shutdown();
        assertThat(hosts.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        proceed.countDown();
        late.join(30_000);
        assertThat(late.isAlive()).isFalse();
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void a_users_own_executor_is_used_and_not_shut_down() {
        ExecutorService own = Executors.newFixedThreadPool(2, task -> new Thread(task, "own"));
        List<String> threads = new ArrayList<>();
        try (BatchEngine engine = BatchEngine.builder()
                .executor(own, 2)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    synchronized (threads) {
                        threads.add(Thread.currentThread().getName());
                    }
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(30));
        }
        assertThat(threads).hasSize(3).containsOnly("own");
        assertThat(own.isShutdown()).isFalse();
        own.shutdown();
    }

    @Test
    void a_job_that_interrupts_its_thread_or_was_interrupted_by_others_disturbs_no_other_job() {
        ManualMachine machine = new ManualMachine();
        List<Boolean> flags = new ArrayList<>();
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    return Outcome.succeeded();
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(flags).containsExactly(false, false, false);
        assertThat(Thread.interrupted()).as("kept for the executor's owner").isTrue();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void an_interrupt_while_an_asynchronous_job_is_started_disturbs_no_other_job() {
        ManualMachine machine = new ManualMachine();
        List<Boolean> flags = new ArrayList<>();
        BatchEngine engine = machine.engine(1)
                .maxInFlight(3)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    flags.add(Thread.currentThread().isInterrupted());
                    Thread.currentThread().interrupt();
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    machine.timer().schedule(() -> end.complete(Outcome.succeeded()), Duration.ofMillis(1));
                    return end;
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(flags).containsExactly(false, false, false);
        assertThat(Thread.interrupted()).as("kept for the executor's owner").isTrue();
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void virtual_threads_carry_the_jobs_where_there_are_any() {
        assumeTrue(Runtime.version().feature() >= 21, "needs Java 21");
        AtomicInteger virtual = new AtomicInteger();
        try (BatchEngine engine = BatchEngine.builder()
                .virtualThreads()
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    if (Thread.currentThread().getClass().getSimpleName().contains("Virtual")) {
                        virtual.incrementAndGet();
                    }
                    return Outcome.succeeded();
                }))))
                .build()) {
            String id = engine.batches().create("dir-big", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(30));
            assertThat(virtual).hasValue(20_000);
        }
    }

    @Test
    void jobs_in_flight_never_exceed_the_limit_and_always_reach_it() {
        ManualMachine machine = new ManualMachine();
        List<CompletableFuture<Outcome>> running = new ArrayList<>();
        BatchEngine engine = machine.engine(4)
                .maxInFlight(7)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    running.add(end);
                    return end;
                }))))
                .build();
        String id = engine.batches().create("dir-big", TYPE, "cfg").id();
        machine.run();
        for (int i = 0; i < 1_000; i++) {
            assertThat(running).hasSize(7);
            assertThat(engine.health().jobsInFlight()).isEqualTo(7);
            running.remove(i % 7).complete(Outcome.succeeded());
            machine.run();
        }
        assertThat(engine.batches().progress(id).inFlight()).isEqualTo(7);
    }

    @Test
    void ten_thousand_asynchronous_jobs_are_in_flight_on_two_workers() {
        ManualMachine machine = new ManualMachine();
        List<CompletableFuture<Outcome>> running = new ArrayList<>();
        BatchEngine engine = machine.engine(2)
                .maxInFlight(10_000)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    running.add(end);
                    return end;
                }))))
                .build();
        String id = engine.batches().create("dir-big", TYPE, "cfg").id();
        machine.run();
        assertThat(running).hasSize(10_000);
        List.copyOf(running).forEach(end -> end.complete(Outcome.succeeded()));
        machine.run();
        List.copyOf(running).forEach(end -> end.complete(Outcome.succeeded()));
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_clock_that_jumps_moves_no_timer_and_recorded_time_still_grows() {
        ManualMachine machine = new ManualMachine();
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .jobFactory(
                        TestFactories.creating(request -> request.file().id().equals("a") && machine.nanos() == 0
                                ? JobCreation.notNow(Duration.ofSeconds(60))
                                : JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
        var created = engine.batches().create("dir-a", TYPE, "cfg");
        machine.run();
        machine.jumpClock(Duration.ofHours(-1));
        machine.advance(Duration.ofSeconds(59));
        assertThat(engine.batches().get(created.id()).status().isTerminal()).isFalse();
        machine.jumpClock(Duration.ofDays(3_650));
        machine.jumpClock(Duration.ofDays(-3_650));
        machine.advance(Duration.ofSeconds(1));
        var done = engine.batches().get(created.id());
        assertThat(done.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(done.updatedAt()).isAfter(created.updatedAt());
    }

    private static BatchEngineBuilder builder(ManualMachine machine) {
        return BatchEngine.builder()
                .orchestrationExecutor(machine.executor())
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos));
    }
}
