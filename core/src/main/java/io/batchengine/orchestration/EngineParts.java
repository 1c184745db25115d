package io.batchengine.orchestration;

import io.batchengine.spi.BatchListener;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.SourceDirectory;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What an engine is made of.
 *
 * @param directory where files come from
 * @param jobTypes what is done with them
 * @param store where state is kept
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
}
