package io.batchengine.examples.batchdocs;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Ctrl-C and the like. The first one lets a running batch be released and the main thread show what is done; where none runs, and at
 * the second one, the program ends at once. Where signals can't be had, a shutdown hook holds the end of the virtual machine up.
 */
final class Interruption {
    /** Above the grace time of running jobs. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

    private final CountDownLatch finished = new CountDownLatch(1);

    private int code; // guarded by this; 0 before the first request
    private @Nullable Runnable action; // guarded by this; null while there is nothing to give back

    void install() {
        SIGNALS.forEach((name, number) -> {
            var unused = Signals.register(name, () -> received(128 + number));
        });
        Runtime.getRuntime().addShutdownHook(new Thread(this::holdUp, "interruption"));
    }

    /** What to do when it comes; done at once if it has come already. */
    void onRequest(Runnable stop) {
        boolean late;
        synchronized (this) {
            action = stop;
            late = code != 0;
        }
        if (late) {
            stop.run();
        }
    }

    /** There is nothing to give back any more. */
    synchronized void ignored() {
        action = null;
    }

    /**
     * The program is to end.
     *
     * @param exitCode what it is to tell then
     */
    void request(int exitCode) {
        Runnable stop;
        synchronized (this) {
            code = exitCode;
            stop = action;
        }
        if (stop != null) {
            stop.run();
        }
    }

    synchronized boolean isRequested() {
        return code != 0;
    }

    /** The exit code of an interrupted program. */
    synchronized int code() {
        return code;
    }

    /** The main thread has shown all it has to show. */
    void finished() {
        finished.countDown();
    }

    private void received(int exitCode) {
        boolean again;
        boolean running;
        synchronized (this) {
            again = code != 0;
            running = action != null;
        }
        if (again) {
            Runtime.getRuntime().halt(exitCode);
        } else if (running) {
            request(exitCode);
        } else {
            System.exit(exitCode);
        }
    }

    private void holdUp() {
        synchronized (this) {
            if (finished.getCount() == 0 || action == null) { // an ordinary end runs the hooks too
                return;
            }
        }
        request(ExitCode.INTERRUPTED);
        try {
            var unused = finished.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
