package io.batchengine.internal.engine.base;

import io.batchengine.limits.Limits;
import io.batchengine.spi.BatchListener;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an engine is made of.
 *
 * @param directory where files come from
 * @param jobTypes what is done with them
 * @param store where state is kept
 * @param limits how much is done at a time, at first
 * @param suppliedLimits who is asked for them later, or null
 * @param listeners who is told
 * @param runners where work runs
 * @param clock for recorded times
 * @param ticker for durations, in nanoseconds
 * @param random for ids and jitter
 */
public record EngineParts(
        SourceDirectory directory,
        JobTypes jobTypes,
        OpenStore store,
        Limits limits,
        @Nullable SuppliedLimits suppliedLimits,
        List<BatchListener> listeners,
        Runners runners,
        InstantSource clock,
        LongSupplier ticker,
        RandomGenerator random) {
    /**
     * A store, and whether the engine is to close it.
     *
     * @param store the store
     * @param owned true where the engine made it
     */
    public record OpenStore(BatchStore store, boolean owned) {}

    /**
     * Who is asked for limits.
     *
     * @param supplier the user's
     * @param interval how often it is asked
     */
    public record SuppliedLimits(Supplier<Limits> supplier, Duration interval) {}
}
