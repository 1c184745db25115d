package io.batchengine.internal.engine.base;

import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.Timer;
import io.batchengine.spi.store.BatchStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every part of an engine needs, and what knows no other part: the serial context, time and chance, the executors for blocking calls, the
 * store, and what is told in health.
 */
public class EngineBase {
    private static final Logger LOG = LoggerFactory.getLogger(EngineBase.class);
    private static final Duration RETRY_REJECTED = Duration.ofMillis(100);
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** Beyond it nanoseconds do not fit into a long. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(100 * 365);

    public final Tuning tuning;
    public final Runners runners;
    public final SourceDirectory directory;
    public final BatchStore store;
    public final UnansweredCalls storeCalls;
    public final UnansweredCalls directoryCalls;
    public final UnansweredCalls hostCalls; // of listeners and suppliers
    public final UnansweredCalls tasks; // that executors have not begun
    public final String owner;
    public final Problems problems;
    public final SerialExecutor serial;
    public final StoreLoss loss;
    /** Set once the engine has closed: its own threads end then, and its host may end the executors it gave. */
    private volatile boolean over;

    private final InstantSource clock;
    private final LongSupplier ticker;
    private final RandomGenerator random;

    public EngineBase(EngineParts parts, Tuning tuning, String owner) {
        this.tuning = tuning;
        this.runners = parts.runners();
        this.directory = parts.directory();
        this.storeCalls = new UnansweredCalls(parts.ticker(), "has not returned");
        this.directoryCalls = new UnansweredCalls(parts.ticker(), "has not returned");
        this.hostCalls = new UnansweredCalls(parts.ticker(), "has not returned");
        this.tasks = new UnansweredCalls(parts.ticker(), "has not begun");
        this.store = new CheckedStore(parts.store().store(), storeCalls);
        this.clock = parts.clock();
        this.problems = new Problems(clock);
        this.ticker = parts.ticker();
        this.random = parts.random();
        this.owner = owner;
        this.serial = new SerialExecutor(this::defect);
        this.loss = new StoreLoss(problems, serial);
    }

    public long nanos() {
        return ticker.getAsLong();
    }

    /** In whole microseconds, so that listeners are told what stores keep. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** A draw for an id or a jitter; callers come from several threads. */
    public <T> T random(Function<RandomGenerator, T> draw) {
        synchronized (random) {
            return draw.apply(random);
        }
    }

    /** A new one for each claim: no other claim has it, of whatever engine and whatever became of the store meanwhile. */
    public long claimToken() {
        return random(RandomGenerator::nextLong);
    }

    /** Evenly drawn from zero to a bound: full jitter. */
    public Duration jitter(Duration bound) {
        long nanos = bound.toNanos();
        return nanos <= 0 ? Duration.ZERO : Duration.ofNanos(random(r -> r.nextLong(nanos + 1)));
    }

    /** How long to wait after so many failures in a row. */
    public Duration backoff(int failures) {
        Duration bound = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 10));
        return jitter(bound.compareTo(LONGEST_WAIT) < 0 ? bound : LONGEST_WAIT);
    }

    /** Runs a blocking call on a thread of its own; an executor that rejects it is asked again later. */
    public void io(Runnable task) {
        UnansweredCalls.Open waiting = tasks.begin("a task that was given to the orchestration executor");
        RunOnce once = new RunOnce(() -> {
            tasks.end(waiting);
            HostThread.restoring(task);
        });
        runners.handOver().submit(() -> submit(once));
    }

    private void submit(RunOnce task) {
        try {
            runners.orchestration().execute(task);
            problems.clear(Problems.ORCHESTRATION_REJECTS);
        } catch (Throwable rejected) { // also an Error of an executor that can't make a thread
            if (over) {
                task.run(); // what comes this late tells a caller that the engine is closed, or gives a batch back
                return;
            }
            problems.setFor(
                    Problems.REJECTION,
                    Problems.ORCHESTRATION_REJECTS,
                    "the orchestration executor rejects tasks: " + Text.describe(rejected));
            schedule(() -> submit(task), RETRY_REJECTED);
        }
    }

    private Timer.Timeout schedule(Runnable task, Duration delay) {
        try {
            Timer.Timeout timeout = runners.timer().schedule(task, delay);
            problems.clear(Problems.TIMER);
            return timeout;
        } catch (Throwable rejected) {
            if (!over) {
                String message =
                        "the timer rejects tasks, and without it this engine does not go on: build another one: "
                                + Text.describe(rejected);
                problems.set(Problems.TIMER, message);
                LOG.error("{}", message);
            }
            return () -> {};
        }
    }

    /** Ends the engine's own threads. From then on an executor that rejects a task is no problem. */
    public void end() {
        over = true;
        runners.own().shutdown();
    }

    public boolean isOver() {
        return over;
    }

    /** Makes a decision later. */
    public Timer.Timeout later(Runnable decision, Duration delay) {
        Duration bounded = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
        return schedule(() -> serial.submit(decision), bounded);
    }

    /** Why a batch waits for the store, or null where it does not. Any thread. */
    public @Nullable StatusReason storeFailure(String batchId) {
        StatusReason told = problems.storeFailure(batchId);
        if (told != null) {
            return told;
        }
        List<String> late = storeCalls.late();
        return late.isEmpty()
                ? null
                : StatusReason.of(StatusReason.Code.STORE_UNAVAILABLE, late.get(0), now().minus(UnansweredCalls.LATE));
    }

    /** Calls code of a user whose failure concerns nobody else. */
    public void guardedUserCall(Runnable call) {
        try {
            HostThread.restoring(call);
        } catch (Throwable failure) {
            LOG.warn("a call of user code failed: {}", Text.describe(failure));
        }
    }

    public void defect(Throwable defect) {
        problems.set(Problems.DEFECT, "a decision failed, which is a defect of the engine: " + Text.describe(defect));
        LOG.error("a decision failed; this is a defect of the engine", defect);
    }
}
