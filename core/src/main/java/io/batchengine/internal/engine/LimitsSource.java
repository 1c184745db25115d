package io.batchengine.internal.engine;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.limits.Limits;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a supplier of the user's for the limits, again and again. What it says counts when it says something else than before; while it fails
 * the limits stay as they are. Confined to the serial executor, except for the calls themselves.
 */
final class LimitsSource {
    private static final Logger LOG = LoggerFactory.getLogger(LimitsSource.class);

    private final EngineBase engine;
    private final Supplier<Limits> supplier;
    private final Duration interval;
    private final Consumer<Limits> use;
    private Limits last;
    private boolean stopped;

    LimitsSource(EngineBase engine, EngineParts.SuppliedLimits supplied, Limits first, Consumer<Limits> use) {
        this.engine = engine;
        this.supplier = supplied.supplier();
        this.interval = supplied.interval();
        this.last = first;
        this.use = use;
    }

    void askLater() {
        if (!stopped) {
            engine.later(this::askNow, interval);
        }
    }

    private void askNow() {
        if (!stopped) { // the engine may have been closed in the meantime
            engine.serial.afterwards(() -> engine.io(this::ask));
        }
    }

    void stop() {
        stopped = true;
    }

    private void ask() {
        try {
            Limits limits = Objects.requireNonNull(
                    engine.hostCalls.during("the supplier of limits", supplier::get), "it answered null");
            engine.problems.clear(Problems.LIMITS);
            engine.serial.submit(() -> answered(limits));
        } catch (Throwable failure) {
            String message = "the supplier of limits fails, they stay as they are: " + Text.describe(failure);
            engine.problems.set(Problems.LIMITS, message);
            LOG.warn("{}", message);
            engine.serial.submit(this::askLater);
        }
    }

    private void answered(Limits limits) {
        if (!stopped && !limits.equals(last)) {
            last = limits;
            use.accept(limits);
        }
        askLater();
    }
}
