package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sees to it that a pool has a place for the connection of the owner locks beside the one that a call needs. */
final class LockPlace {
    private LockPlace() {}

    /**
     * Connects the locks while a connection for calls is in hand. On a thread of its own, since some pools let those wait for ever who ask an
     * empty one.
     *
     * @throws BatchEngineException where the source gives one connection and no other
     */
    static void require(OwnerLocks locks, GivenSource source, CallThreads threads, Duration wait) {
        boolean there = false;
        try (Connection first = source.connection()) {
            CompletableFuture<Boolean> second = threads.start(() -> connect(locks, source.name()));
            there = second.get(wait.toNanos(), TimeUnit.NANOSECONDS) && !first.isClosed();
        } catch (ExecutionException failure) {
            throw refused(source.name(), wait, failure.getCause());
        } catch (TimeoutException failure) {
            throw refused(source.name(), wait, null);
        } catch (InterruptedException failure) {
            throw new IllegalStateException("nobody interrupts the threads of calls", failure);
        } catch (SQLException failure) {
            throw PostgresOpening.cantOpen(source.name(), failure);
        } finally {
            if (!there) {
                locks.close();
            }
        }
    }

    private static boolean connect(OwnerLocks locks, String name) {
        try {
            locks.connect();
            return true;
        } catch (SQLException failure) {
            throw PostgresOpening.cantOpen(name, failure);
        }
    }

    private static BatchEngineException refused(String name, Duration wait, @Nullable Throwable cause) {
        String message = name
                + " needs 2 connections of its data source at the least, and got 1: one for its calls, and one that it"
                + " keeps to tell that its engine lives; there was no second within "
                + Text.format("%.1f s", wait.toMillis() / 1e3)
                + ". Enlarge the pool, or name a source without a pool by ownerLockSource, or do without by ownerLocks(false)"
                + (cause == null ? "" : " (" + Text.describe(cause) + ")");
        return cause == null
                ? BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message)
                : Failures.unavailable(message, cause);
    }
}
