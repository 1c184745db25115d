package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What a store was told by its builder. Its text holds no password. */
record Settings(
        @Nullable String url,
        @Nullable Path file,
        @Nullable String user,
        @Nullable String password,
        @Nullable DataSource dataSource,
        @Nullable DataSource ownerLockSource,
        int poolSize,
        Tables tables,
        boolean createSchema,
        boolean readOnly,
        Timeouts timeouts,
        boolean ownerLocks,
        LongSupplier ticker,
        NetworkDisk.Types fileSystems,
        SchemaScripts scripts) {
    /** What writes the marks of a SQLite file. */
    StoreMarks marks() {
        return new StoreMarks(tables, InstantSource.system());
    }

    /**
     * How long PostgreSQL and the network may keep a call waiting.
     *
     * @param lock for a row's lock that another holds
     * @param idleInTransaction how long a transaction of a process that is paused may stay open
     * @param socket for an answer
     * @param connect for a connection
     */
    record Timeouts(Duration lock, Duration idleInTransaction, Duration socket, Duration connect) {
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofDays(1);
        static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(10));

        Timeouts {
            for (Duration timeout : List.of(lock, idleInTransaction, socket, connect)) {
                if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
                    throw Failures.invalid(
                            Text.format("a timeout of %s is not within %s to %s", timeout, SHORTEST, LONGEST));
                }
            }
        }

        Timeouts withLock(Duration value) {
            return new Timeouts(value, idleInTransaction, socket, connect);
        }

        Timeouts withIdleInTransaction(Duration value) {
            return new Timeouts(lock, value, socket, connect);
        }

        Timeouts withSocket(Duration value) {
            return new Timeouts(lock, idleInTransaction, value, connect);
        }

        Timeouts withConnect(Duration value) {
            return new Timeouts(lock, idleInTransaction, socket, value);
        }
    }

    @Override
    public String toString() {
        return Text.format("Settings[tables=%s, readOnly=%s]", tables, readOnly);
    }
}
