package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes connections of a pool, and says so where the pool has none to give. Some pools let a caller wait for ever, so the pool is asked on
 * another thread, and the wait ends after the limit and at close. A connection that comes later goes back at once.
 */
final class ConnectionWait implements ConnectionSource {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionWait.class);
    private static final int DEEPEST_CAUSE = 20;
    /** A pool that ends its waits by itself within this time is asked without the other thread. */
    private static final Duration ENDS_BY_ITSELF = Duration.ofMinutes(1);
    /** A wait is a problem after this time, or after half of its limit. */
    private static final Duration LONG = Duration.ofSeconds(2);

    private final DataSource source;
    private final @Nullable ConnectionSource beside; // opens connections as the pool does; null: not known how
    private final String name;
    private final @Nullable CallThreads threads; // null: the pool itself ends a wait
    private final Duration limit;
    private final Map<CompletableFuture<Connection>, Long> waits = new ConcurrentHashMap<>(); // since when
    private volatile @Nullable String problem;
    private volatile boolean suspected;
    private volatile boolean ended;

    private ConnectionWait(
            DataSource source,
            @Nullable ConnectionSource beside,
            String name,
            @Nullable CallThreads threads,
            Duration limit) {
        this.source = source;
        this.beside = beside;
        this.name = name;
        this.threads = threads;
        this.limit = limit;
    }

    /** A pool that ends a wait by itself, and what it opens its connections with. */
    static ConnectionWait of(DataSource source, ConnectionSource beside, String name, Duration limit) {
        return new ConnectionWait(source, beside, name, null, limit);
    }

    /**
     * A pool, or any other data source, that may let a caller wait for ever.
     *
     * @param source the pool
     * @param name whose it is, for messages
     * @param threads where the pool is asked
     * @param limit the longest wait
     */
    static ConnectionWait bounded(DataSource source, String name, CallThreads threads, Duration limit) {
        Duration own = Unpooled.longestWait(source);
        ConnectionSource beside = Unpooled.behind(source);
        return own == null || own.compareTo(ENDS_BY_ITSELF) > 0
                ? new ConnectionWait(source, beside, name, threads, limit)
                : new ConnectionWait(source, beside, name, null, own);
    }

    @Override
    @SuppressWarnings("CollectionUndefinedEquality") // the very wait is meant
    public Connection connection() throws SQLException {
        long began = System.nanoTime();
        CompletableFuture<Connection> wait = new CompletableFuture<>();
        waits.put(wait, began);
        try {
            if (ended) {
                throw Failures.closed(name);
            }
            requireNoRefusal();
            Connection taken = threads == null ? asked() : asked(threads, wait);
            problem = null;
            return taken;
        } catch (SQLException failure) {
            suspected |= isRefusal(failure);
            if (toldByServer(failure)) {
                throw failure;
            }
            BatchEngineException told = noneAvailable((System.nanoTime() - began) / 1e9, failure);
            problem = told.getMessage();
            throw told;
        } finally {
            waits.remove(wait);
        }
    }

    /** The server has ended a session: perhaps it opens no other. */
    @Override
    public void failed(SQLException failure) {
        suspected |= String.valueOf(failure.getSQLState()).startsWith("57P");
    }

    /**
     * A pool tries for as long as its callers wait, whatever the server says: that the database is gone, or that the user may not log in. Where
     * that was so the last time, and the pool has no connection to give, the server is asked once, and the wait is spared if it says so again.
     */
    private void requireNoRefusal() throws SQLException {
        ConnectionSource opener = beside;
        if (!suspected || opener == null || Unpooled.hasIdle(source)) {
            return;
        }
        suspected = false;
        try {
            LentConnection.close(opener.connection());
        } catch (SQLException failure) {
            if (isRefusal(failure)) {
                throw failure;
            }
            LOG.debug("{} gives no connection beside its pool: {}", name, Text.describe(failure));
        }
    }

    private static boolean isRefusal(SQLException failure) {
        return PostgresFailure.of(failure).refusesConnections();
    }

    private Connection asked() throws SQLException {
        Connection taken = source.getConnection();
        if (taken == null) {
            throw new NoConnection.Null();
        }
        return taken;
    }

    private Connection asked(CallThreads on, CompletableFuture<Connection> wait) throws SQLException {
        FutureTask<Boolean> task = new FutureTask<>(() -> ask(wait), true);
        try {
            on.execute(task);
            return wait.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException none) {
            SQLException tooLong = new SQLException("the pool lets its callers wait for longer than this");
            if (wait.completeExceptionally(tooLong)) {
                throw tooLong;
            }
            return wait.join(); // it came at the last moment
        } catch (RejectedExecutionException closed) {
            throw Failures.closed(name);
        } catch (ExecutionException failure) {
            throw thrown(failure.getCause());
        } catch (InterruptedException interrupt) {
            wait.completeExceptionally(interrupt);
            Thread.currentThread().interrupt();
            throw new SQLException("the wait for a connection was interrupted", interrupt);
        } finally {
            if (wait.isCompletedExceptionally()) {
                task.cancel(true); // most pools end a wait on an interrupt
            }
        }
    }

    private void ask(CompletableFuture<Connection> wait) {
        Connection taken;
        try {
            taken = asked();
        } catch (SQLException | RuntimeException | Error failure) {
            wait.completeExceptionally(failure);
            return;
        }
        if (!wait.complete(taken)) {
            LentConnection.close(taken);
        }
    }

    private static SQLException thrown(@Nullable Throwable cause) {
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof SQLException failure ? failure : new SQLException(cause);
    }

    /** Waits under way end now, and no other begins. */
    @Override
    public void endWaits() {
        ended = true;
        for (CompletableFuture<Connection> wait : waits.keySet()) {
            wait.completeExceptionally(Failures.closed(name));
        }
    }

    /** That the last call got no connection, or that one waits for long, for people; null where neither is so. */
    @Nullable
    String problem() {
        Collection<Long> since = waits.values();
        long now = System.nanoTime();
        long longest = since.stream().mapToLong(began -> now - began).max().orElse(0);
        if (longest > Math.min(LONG.toNanos(), limit.toNanos() / 2)) {
            return Text.format("%s: a call has waited for a connection for %.1f s; ", name, longest / 1e9)
                    + fill()
                    + advice();
        }
        return problem;
    }

    /** A server that refuses, or can't be reached, is another matter than a pool that is empty. */
    private static boolean toldByServer(SQLException failure) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST_CAUSE; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private BatchEngineException noneAvailable(double seconds, SQLException failure) {
        String reason = NoConnection.reason(source, failure);
        if (reason != null) {
            return Failures.unavailable(Text.format("%s: %s (%s)", name, reason, Text.describe(failure)), failure);
        }
        return Failures.unavailable(
                Text.format("%s: no connection available within %.1f s; ", name, seconds)
                        + fill()
                        + advice()
                        + " ("
                        + Text.describe(failure)
                        + ")",
                failure);
    }

    private static String advice() {
        return "enlarge the pool, or hold its connections for a shorter time. A caller inside a transaction holds one, and its call"
                + " needs a second: the pool needs more connections than there are such callers at a time";
    }

    private String fill() {
        HikariDataSource hikari = Unpooled.hikari(source);
        HikariPoolMXBean pool = hikari == null ? null : hikari.getHikariPoolMXBean();
        return hikari == null || pool == null
                ? ""
                : Text.format(
                        "the pool has %d at the most, %d are in use, and %d threads wait for one; ",
                        hikari.getMaximumPoolSize(), pool.getActiveConnections(), pool.getThreadsAwaitingConnection());
    }
}
