package io.batchengine.support;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.Lincheck;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jspecify.annotations.Nullable;

/**
 * Runs a small concurrent program under Lincheck's model checker: one thread at a time, switched at every access to what they share, in another
 * order each time, the same orders in every run. It assumes sequential consistency: what a missing {@code volatile} does is not seen.
 *
 * <p>A program has no loop of more than ten rounds, no thread class of its own and no method reference to what is shared: it would hang, or
 * silently be tried in one order only. That is why each has a planted race that must be found.
 */
public final class Interleavings {
    /** Enough for every race planted here. */
    private static final int ORDERS = 60;

    private Interleavings() {}

    /** The program does in any order what it should. */
    public static void hold(Runnable program) {
        Lincheck.runConcurrentTest(ORDERS, program);
    }

    /** The program, in which a race was planted, goes wrong in some order; or what is asserted there could not fail at all. */
    public static void fail(Runnable program, String message) {
        assertThatThrownBy(() -> hold(program))
                .isInstanceOf(LincheckAssertionError.class)
                .hasMessageContaining(message);
    }

    /** Runs each part on a thread of its own, and waits for both; throws what one of them threw. */
    public static void together(Runnable one, Runnable other) {
        Part first = new Part(one);
        Part second = new Part(other);
        Thread firstThread = new Thread(first); // Lincheck does not switch to a subclass of it
        Thread secondThread = new Thread(second);
        firstThread.start();
        secondThread.start();
        try {
            firstThread.join();
            secondThread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        first.rethrow();
        second.rethrow();
    }

    /** Keeps what is thrown: a thread that dies of it fails nothing. */
    private static final class Part implements Runnable {
        private final Runnable body;
        private @Nullable Throwable failure;

        Part(Runnable body) {
            this.body = body;
        }

        @Override
        public void run() {
            try {
                body.run();
            } catch (AssertionError | RuntimeException thrown) { // no more: by another Error Lincheck ends threads
                failure = thrown;
            }
        }

        void rethrow() {
            if (failure != null) {
                throw new AssertionError(failure.toString(), failure);
            }
        }
    }

    /** A claim inside of a program. Plain, for whatever runs in there is interleaved too. */
    public static void check(boolean holds, String claim) {
        if (!holds) {
            throw new AssertionError(claim);
        }
    }
}
