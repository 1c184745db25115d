package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A connection that is kept to hold advisory locks. It is never inside a transaction: one that is, if only idle, keeps VACUUM from removing
 * dead rows in the whole database.
 */
final class LockConnection implements AutoCloseable {
    private static final String FOR_EVER = "0";

    private final LentConnection lent;
    private final Session session;
    private final List<Long> keys = new ArrayList<>();
    private int process; // of the server, which has the locks
    private boolean pooled; // as far as can be known; then another process may answer the next time

    private LockConnection(LentConnection lent) {
        this.lent = lent;
        this.session = new Session(lent.connection());
    }

    static LockConnection open(ConnectionSource source, Duration patience) throws SQLException {
        LockConnection open = new LockConnection(LentConnection.inAutoCommit(source.connection(), patience));
        boolean ready = false;
        try {
            open.lookForPooler();
            open.stayIdle();
            ready = true;
            return open;
        } finally {
            if (!ready) {
                open.close();
            }
        }
    }

    private void lookForPooler() throws SQLException {
        Connection connection = lent.connection();
        process = Pooling.process(connection);
        OptionalInt told = DriverState.of(connection).toldProcess(connection);
        pooled = told.isEmpty() || told.getAsInt() != process;
    }

    /** The server may be told to close sessions that are idle; this one always is. Before version 14 it can't be told. */
    private void stayIdle() throws SQLException {
        String before = session.queryOne(
                        "select coalesce(current_setting('idle_session_timeout', true), '0')",
                        Session.NOTHING,
                        ResultRow::text)
                .orElse(FOR_EVER);
        if (!before.equals(FOR_EVER)) {
            setIdleTimeout(FOR_EVER);
            lent.atReturn(() -> setIdleTimeout(before));
        }
    }

    private void setIdleTimeout(String value) throws SQLException {
        session.query("select set_config('idle_session_timeout', ?, false)", args -> args.text(value), row -> true);
    }

    /** Whether it leads to a server that is not the primary any more; it is dropped then. */
    boolean isLeftBehind(FailOver failOver) {
        return failOver.drops(lent.connection());
    }

    boolean isValid(int seconds) throws SQLException {
        return lent.connection().isValid(seconds);
    }

    /** Whether a pooler gives its session to others by turns, so that its locks hold for nobody. */
    boolean isShared() throws SQLException {
        return pooled && Pooling.process(lent.connection()) != process;
    }

    /** Takes a lock without waiting; answers when the server was started that gave it, or null where another holds it. */
    @Nullable
    Long tryLock(long key) throws SQLException {
        List<Long> taken = session.query(
                "select " + PostgresLeases.SERVER_STARTED + " where pg_try_advisory_lock(?)",
                args -> args.number(key),
                ResultRow::number);
        if (taken.isEmpty()) {
            return null;
        }
        keys.add(key);
        return taken.get(0);
    }

    /** Frees the locks too: a pool keeps the connection open, and the locks would stay with it. */
    @Override
    public void close() {
        Connection connection = lent.connection();
        lent.atReturn(session::closeStatements);
        lent.atReturn(() -> {
            if (!connection.isClosed()) {
                for (long key : keys) {
                    session.query("select pg_advisory_unlock(?)", args -> args.number(key), row -> true);
                }
            }
        });
        lent.close();
    }
}
