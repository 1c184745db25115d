package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.spi.DetachedThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs calls on threads of the library's own, to which nothing of the caller is bound: no transaction, no identity, no class loader. There
 * are as many as there are calls at a time, so a call never waits for a thread. An idle one ends by itself.
 */
final class CallThreads implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor pool = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            DetachedThreads.named("batch-engine-store"));

    /**
     * Runs a call and waits for its end. An interrupt does not end the wait, and is there again afterwards.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    <T> T call(Supplier<T> work) {
        try {
            return start(work).join();
        } catch (CompletionException failure) {
            throw thrownHere(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /**
     * Runs a call without waiting for it.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    <T> CompletableFuture<T> start(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, pool);
    }

    /**
     * Runs a task without waiting for it.
     *
     * @throws RejectedExecutionException after {@link #close}
     */
    void execute(Runnable task) {
        pool.execute(task);
    }

    /** What was thrown on the other thread, with the caller's frames below those of the call, as if there were one thread. */
    private static RuntimeException thrownHere(Throwable thrown) {
        StackTraceElement[] there = thrown.getStackTrace();
        StackTraceElement[] here = new Throwable().getStackTrace();
        StackTraceElement[] both = new StackTraceElement[there.length + here.length];
        System.arraycopy(there, 0, both, 0, there.length);
        System.arraycopy(here, 0, both, there.length, here.length);
        if (thrown instanceof BatchEngineException failure) {
            // Calls that share a transaction share its failure too, so each caller gets a copy.
            BatchEngineException copy =
                    BatchEngineException.of(failure.code(), String.valueOf(failure.getMessage()), failure.getCause());
            for (Throwable suppressed : failure.getSuppressed()) {
                copy.addSuppressed(suppressed);
            }
            copy.setStackTrace(both);
            return copy;
        }
        thrown.setStackTrace(both);
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException failure ? failure : new IllegalStateException(thrown);
    }

    /** Calls under way run to their end, and no other begins. */
    @Override
    public void close() {
        pool.shutdown();
    }
}
