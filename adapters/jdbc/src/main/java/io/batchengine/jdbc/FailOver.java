package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a store off connections that lead to a server which is not the primary any more. A pool keeps a connection for as long as it answers,
 * and after a fail-over the server that was the primary may go on answering, only without taking writes. So after an error that tells of
 * one, each connection that is older than the error is asked once, before its next use, and dropped where its server refuses writes.
 */
final class FailOver {
    private static final Logger LOG = LoggerFactory.getLogger(FailOver.class);
    private static final String ASK =
            "select case when pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean then 1 else 0 end,"
                    + " floor(extract(epoch from clock_timestamp() - backend_start) * 1000)::bigint"
                    + " from pg_stat_get_activity(pg_backend_pid())";

    /** While writes are refused a connection is tried for so long, and then another: the fail-over may be under way. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What may be concluded from what a connection answers. */
    enum Watch {
        /** Nothing: the store only reads, as it may from any server. */
        NOTHING,
        /** Whether writes go on again: which server answers is a pooler's to choose. */
        WRITES,
        /** That, and that an older connection leads to another server than a new one may. */
        CONNECTIONS
    }

    private record Answer(boolean refusesWrites, Duration age) {}

    private final DriverState driver;
    private final LongSupplier ticker;
    private final Watch watch;
    private final PoolCare pool;

    @GuardedBy("this")
    private final Set<Connection> asked = Collections.newSetFromMap(new WeakHashMap<>());

    @GuardedBy("this")
    private long suspectedNanos;

    private volatile boolean suspected;
    private volatile @Nullable String refusal; // why no write goes on, until a connection is found on which it does
    private volatile @Nullable String outage; // why calls fail, until one does not

    /**
     * Watches a store's connections.
     *
     * @param driver knows the driver's connections
     * @param ticker nanoseconds that never go back
     * @param watch what is concluded from their answers
     * @param pool where dropped connections go back to
     */
    FailOver(DriverState driver, LongSupplier ticker, Watch watch, PoolCare pool) {
        this.driver = driver;
        this.ticker = ticker;
        this.watch = watch;
        this.pool = pool;
    }

    /** A call has failed. Where its connection is of no use any more, it is dropped, whatever the pool thinks of it. */
    void failed(Connection connection, PostgresFailure why, String message) {
        if (!why.dropsConnection()) {
            return;
        }
        synchronized (this) {
            suspectedNanos = ticker.getAsLong();
            asked.clear();
            suspected = watch != Watch.NOTHING;
        }
        if (why == PostgresFailure.READ_ONLY) {
            told(refusal, message);
            refusal = message;
        } else {
            told(outage, message);
            outage = message;
        }
        drop(connection);
    }

    /** No connection could be had. */
    void unreachable(String message) {
        told(outage, message);
        outage = message;
    }

    /** A call has been served. */
    void served() {
        if (outage != null) {
            outage = null;
        }
    }

    private static void told(@Nullable String before, String now) {
        if (before == null) {
            LOG.warn("{}", now);
        }
    }

    /** What is wrong now, for people; null where nothing is. */
    @Nullable
    String warning() {
        String told = refusal;
        return told == null ? outage : told;
    }

    /** Whether a connection leads to a server that refuses writes, where a new one may lead to another; it is dropped then. */
    boolean drops(Connection connection) {
        if (!suspected) {
            return false;
        }
        Connection physical = driver.physical(connection);
        Duration sinceSuspected;
        synchronized (this) {
            if (asked.contains(physical)) {
                return false;
            }
            sinceSuspected = Duration.ofNanos(ticker.getAsLong() - suspectedNanos);
        }
        Answer answer = ask(connection);
        boolean older = answer == null || answer.age.compareTo(sinceSuspected) > 0 || answer.age.compareTo(FRESH) > 0;
        if (answer == null || (answer.refusesWrites && older && watch == Watch.CONNECTIONS)) {
            drop(connection);
            return true;
        }
        if (!answer.refusesWrites) {
            takesWrites(physical);
        }
        return false;
    }

    private void takesWrites(Connection physical) {
        synchronized (this) {
            asked.add(physical);
        }
        if (refusal != null) {
            refusal = null;
            LOG.info("the server of a connection takes writes again");
        }
    }

    private static @Nullable Answer ask(Connection connection) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(ASK)) {
            Answer answer = rows.next() ? new Answer(rows.getInt(1) != 0, Duration.ofMillis(rows.getLong(2))) : null;
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return answer;
        } catch (SQLException lost) {
            LOG.debug("a connection does not answer: {}", Text.describe(lost));
            return null;
        }
    }

    /**
     * Ends the connection itself, and lets its pool notice: pools keep what they believe to be whole. What is ended is the driver's
     * connection, not the pool's handle. The handle goes back to the pool by its close, which c3p0 does not take after an abort.
     */
    private void drop(Connection connection) {
        try {
            if (!driver.isClosed(connection)) {
                driver.physical(connection).abort(Runnable::run);
            }
        } catch (SQLException | RuntimeException | AbstractMethodError failure) {
            LOG.debug("a connection can't be aborted: {}", Text.describe(failure));
        }
        try (var noticed = connection.prepareStatement("select 1")) {
            noticed.execute();
            LOG.debug("a connection goes on after it was aborted");
        } catch (SQLException | RuntimeException closed) {
            LOG.trace("a connection is dropped", closed);
        }
        pool.discard(connection);
    }
}
