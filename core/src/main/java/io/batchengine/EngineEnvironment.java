package io.batchengine;

import io.batchengine.spi.Timer;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an engine takes from the machine that it runs on: time, delays, chance, and how long it keeps a thread. Services keep {@link #SYSTEM};
 * tests and simulators put their own in its place, so that nothing depends on real time.
 *
 * <p>Immutable. Safe for use by any thread.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class EngineEnvironment {
    /** The clock and the ticker of the system, random values that can't be guessed, a timer thread of the engine's own, 256 steps. */
    public static final EngineEnvironment SYSTEM =
            new EngineEnvironment(InstantSource.system(), System::nanoTime, null, null, 256);

    private static final int MOST_STEPS = 100_000;

    final InstantSource clock;
    final LongSupplier ticker;
    final @Nullable RandomGenerator random;
    final @Nullable Timer timer;
    final int stepsPerTask;

    private EngineEnvironment(
            InstantSource clock,
            LongSupplier ticker,
            @Nullable RandomGenerator random,
            @Nullable Timer timer,
            int stepsPerTask) {
        this.clock = clock;
        this.ticker = ticker;
        this.random = random;
        this.timer = timer;
        this.stepsPerTask = stepsPerTask;
    }

    /**
     * Returns this environment with another clock, for the times that are recorded. It never measures how long something takes.
     *
     * @param source may jump
     * @return the changed copy
     */
    public EngineEnvironment withClock(InstantSource source) {
        return new EngineEnvironment(Objects.requireNonNull(source, "source"), ticker, random, timer, stepsPerTask);
    }

    /**
     * Returns this environment with another ticker, by which durations are measured.
     *
     * @param source in nanoseconds; never goes back
     * @return the changed copy
     */
    public EngineEnvironment withTicker(LongSupplier source) {
        return new EngineEnvironment(clock, Objects.requireNonNull(source, "source"), random, timer, stepsPerTask);
    }

    /**
     * Returns this environment with another source of randomness, for ids and for the jitter of retries. Give each engine its own.
     *
     * @param source used by several threads, under a lock of the engine; no two engines on one store may draw the same
     * @return the changed copy
     */
    public EngineEnvironment withRandom(RandomGenerator source) {
        return new EngineEnvironment(clock, ticker, Objects.requireNonNull(source, "source"), timer, stepsPerTask);
    }

    /**
     * Returns this environment with another source of delays.
     *
     * @param source not closed by the engine
     * @return the changed copy
     */
    public EngineEnvironment withTimer(Timer source) {
        return new EngineEnvironment(clock, ticker, random, Objects.requireNonNull(source, "source"), stepsPerTask);
    }

    /**
     * Returns this environment with another bound for the jobs that a task on the executor starts before it gives its thread back. 1 lets a
     * simulator decide after each job what runs next.
     *
     * @param steps 1 to 100,000
     * @return the changed copy
     * @throws io.batchengine.model.BatchEngineException {@link io.batchengine.model.ErrorCode#INVALID_ARGUMENT} if it is out of that range
     */
    public EngineEnvironment withStepsPerTask(int steps) {
        return new EngineEnvironment(
                clock, ticker, random, timer, Arguments.inRange("stepsPerTask", steps, 1, MOST_STEPS));
    }
}
