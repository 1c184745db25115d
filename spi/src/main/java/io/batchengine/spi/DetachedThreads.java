package io.batchengine.spi;

import io.batchengine.model.Text;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Makes threads that inherit nothing from the thread that asks for them: no {@link InheritableThreadLocal}, no context class loader, no
 * access control context, no thread group, no priority. A pool makes a thread when it first needs one, on the thread of whoever calls at
 * that moment. Without this, that caller's identity would be visible to all later tasks, and its class loader could not be collected.
 *
 * <p>For stores, source directories and job factories that run threads of their own. Immutable, and safe for use by any thread.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class DetachedThreads implements ThreadFactory {
    private final String prefix;
    private final boolean daemon;
    private final @Nullable ClassLoader loader;
    private final AtomicInteger made = new AtomicInteger();

    private DetachedThreads(String prefix, boolean daemon, @Nullable ClassLoader loader) {
        this.prefix = prefix;
        this.daemon = daemon;
        this.loader = loader;
    }

    /**
     * Creates a factory of daemon threads whose context class loader is the one of this library.
     *
     * @param prefix how the name of each thread begins; a hyphen and a number from 0 follow
     * @return the factory
     */
    public static DetachedThreads named(String prefix) {
        return new DetachedThreads(prefix, true, DetachedThreads.class.getClassLoader());
    }

    /**
     * Chooses between daemon threads and others.
     *
     * @param value false for threads that keep the JVM running until they end
     * @return a changed copy, which counts its threads from 0
     */
    public DetachedThreads withDaemon(boolean value) {
        return new DetachedThreads(prefix, value, loader);
    }

    /**
     * Chooses the context class loader.
     *
     * @param value the loader of each thread, or null for the bootstrap loader
     * @return a changed copy, which counts its threads from 0
     */
    public DetachedThreads withContextClassLoader(@Nullable ClassLoader value) {
        return new DetachedThreads(prefix, daemon, value);
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // the priority of the thread that asks would be inherited
    public Thread newThread(Runnable task) {
        String name = Text.format("%s-%d", prefix, made.getAndIncrement());
        Thread thread = detached(task, name);
        thread.setDaemon(daemon);
        thread.setPriority(Thread.NORM_PRIORITY);
        thread.setContextClassLoader(loader);
        return thread;
    }

    /** A thread keeps the protection domains of all classes on the stack that made it, and so their loaders, unless that is privileged. */
    @SuppressWarnings("removal")
    private static Thread detached(Runnable task, String name) {
        return AccessController.doPrivileged(
                (PrivilegedAction<Thread>) () -> new Thread(topGroup(), task, name, 0, false));
    }

    private static ThreadGroup topGroup() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        ThreadGroup parent = group.getParent();
        while (parent != null) {
            group = parent;
            parent = group.getParent();
        }
        return group;
    }
}
