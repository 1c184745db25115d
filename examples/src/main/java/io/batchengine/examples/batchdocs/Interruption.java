package io.batchengine.examples.batchdocs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C. A signal begins the shutdown of the virtual machine; a hook holds it up while the batch is cancelled and the main thread
 * shows what is done.
 */
final class Interruption {
    /** Above the grace time of running jobs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final CountDownLatch finished = new CountDownLatch(1);

    private boolean requested; // guarded by this
    private @Nullable Runnable action; // guarded by this

    void installHook() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "interruption"));
    }

    /** What to do when it comes; done at once if it has come already. */
    void onRequest(Runnable cancel) {
        boolean late;
        synchronized (this) {
            action = cancel;
            late = requested;
        }
        if (late) {
            cancel.run();
        }
    }

    void request() {
        Runnable cancel;
        synchronized (this) {
            requested = true;
            cancel = action;
        }
        if (cancel != null) {
            cancel.run();
        }
    }

    synchronized boolean isRequested() {
        return requested;
    }

    /** The main thread has shown all it has to show. */
    void finished() {
        finished.countDown();
    }

    private void interrupt() {
        if (finished.getCount() == 0) { // an ordinary end runs the hooks too
            return;
        }
        request();
        try {
            var unused = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
