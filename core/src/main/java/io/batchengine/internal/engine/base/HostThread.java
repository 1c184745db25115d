package io.batchengine.internal.engine.base;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives a thread back as it was: what a listener or a source directory leaves in its logging context and as its class loader concerns no other. */
public final class HostThread {
    private HostThread() {}

    /** Runs a task that may call code of others. */
    static void restoring(Runnable task) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Map<String, String> logging = MDC.getCopyOfContextMap();
        try {
            task.run();
        } finally {
            restore(loader);
            restore(logging);
        }
    }

    /** Sets the context class loader back. */
    public static void restore(@Nullable ClassLoader loader) {
        if (Thread.currentThread().getContextClassLoader() != loader) {
            Thread.currentThread().setContextClassLoader(loader);
        }
    }

    private static void restore(@Nullable Map<String, String> logging) {
        if (logging != null && !logging.isEmpty()) {
            MDC.setContextMap(logging);
        } else {
            MDC.clear();
        }
    }
}
