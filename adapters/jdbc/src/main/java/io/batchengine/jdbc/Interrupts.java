package io.batchengine.jdbc;

import java.util.function.Supplier;

/** Keeps a thread's interrupt from ending what must not end half way: a connection being made, a wait for one, a file's lock. */
final class Interrupts {
    private Interrupts() {}

    /** Runs a call with the thread's interrupt flag down, and raises it again afterwards. */
    static <T> T shield(Supplier<T> call) {
        boolean interrupted = Thread.interrupted();
        try {
            return call.get();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
