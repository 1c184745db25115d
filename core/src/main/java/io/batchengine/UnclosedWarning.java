package io.batchengine;

import io.batchengine.internal.engine.Engine;
import io.batchengine.model.Text;
import io.batchengine.spi.DetachedThreads;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when the JVM ends and nobody has closed an engine: a {@code main} that returns ends the JVM, whatever daemon threads still do. Only an
 * engine with threads of its own has one, and its close takes it back, so it keeps no class loader alive that these threads do not.
 */
final class UnclosedWarning {
    private static final Logger LOG = LoggerFactory.getLogger(UnclosedWarning.class);
    /** For so long a hook of the application's own may come to close the engine. */
    private static final Duration GRACE = Duration.ofMillis(500);

    private final Thread hook;

    private UnclosedWarning(Engine engine) {
        WeakReference<Engine> reference = new WeakReference<>(engine);
        this.hook = DetachedThreads.named("batch-engine-unclosed").newThread(() -> warn(reference));
    }

    static UnclosedWarning of(Engine engine) {
        UnclosedWarning warning = new UnclosedWarning(engine);
        try {
            Runtime.getRuntime().addShutdownHook(warning.hook);
        } catch (IllegalStateException endsAlready) { // whoever builds an engine now knows
            LOG.debug("an engine is built while the JVM ends");
        }
        return warning;
    }

    /** The engine is being closed. */
    void takeBack() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endsAlready) { // it sees that the engine is closed
            LOG.debug("an engine is closed while the JVM ends");
        }
    }

    private static void warn(WeakReference<Engine> reference) {
        long end = System.nanoTime() + (hasMainReturned() ? 0 : GRACE.toNanos());
        boolean interrupted = false;
        while (!interrupted && isOpen(reference) && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        Engine engine = reference.get();
        if (engine != null && !engine.isClosed()) {
            String message = Text.format(
                    "the JVM ends, and a batch engine with %d active batches and %d jobs in flight was not closed; batches that still wait"
                            + " do not run either: await the batches and close the engine, or build it with daemonThreads(false) to keep the JVM running until it is closed",
                    engine.gauges().activeBatches(), engine.gauges().jobsInFlight());
            LOG.warn("{}", message);
            System.err.println("WARNING: " + message); // logging may have ended before, or there is none
        }
    }

    private static boolean isOpen(WeakReference<Engine> reference) {
        Engine engine = reference.get();
        return engine != null && !engine.isClosed();
    }

    /** Otherwise somebody ends the JVM by a call or a signal, and may have a hook that closes the engine. */
    private static boolean hasMainReturned() {
        return Thread.getAllStackTraces().values().stream()
                .flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown")
                        && frame.getMethodName().equals("shutdown"));
    }
}
