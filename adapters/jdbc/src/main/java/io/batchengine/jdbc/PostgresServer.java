package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of a store as it was found at opening: what it is, and what stands before it. */
final class PostgresServer {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private final DriverState driver;
    private final Pooling pooling;
    private final ServerFacts facts;

    private PostgresServer(DriverState driver, Pooling pooling, ServerFacts facts) {
        this.driver = driver;
        this.pooling = pooling;
        this.facts = facts;
    }

    /**
     * Looks at a server.
     *
     * @param source gives connections
     * @param driver knows them; null: found out by the first
     * @param bindsToSessions whether locks are to be bound to a session
     * @param name of the store, for messages
     */
    static PostgresServer look(
            ConnectionSource source, @Nullable DriverState driver, boolean bindsToSessions, String name)
            throws SQLException {
        try (LentConnection first = LentConnection.inAutoCommit(source.connection(), null)) {
            Connection connection = first.connection();
            DriverState known = driver == null ? DriverState.of(connection) : driver;
            return new PostgresServer(
                    known, Pooling.of(first, known, source, bindsToSessions, name), ServerFacts.of(connection));
        }
    }

    ServerFacts facts() {
        return facts;
    }

    /** Whether a session serves many connections by turns, so that nothing may be bound to it. */
    boolean sharesSessions() {
        return pooling != Pooling.BY_SESSION;
    }

    /** Looks after connections that a fail-over leaves behind. */
    FailOver failOver(Settings settings) {
        FailOver.Watch connections = sharesSessions() ? FailOver.Watch.WRITES : FailOver.Watch.CONNECTIONS;
        return new FailOver(
                driver,
                settings.ticker(),
                settings.readOnly() ? FailOver.Watch.NOTHING : connections,
                PoolCare.of(settings.dataSource()));
    }

    /** Keeps the driver from leaving named statements in a session where the next connection's are. */
    void prepareNothing(LentConnection lent) {
        if (sharesSessions()) {
            driver.prepareNothing(lent);
        }
    }

    /** What is worth knowing of it though nothing is wrong. */
    List<String> notes(String name) {
        List<String> notes = new ArrayList<>(2);
        if (!facts.checksums()) {
            notes.add(name
                    + ": the server keeps no data checksums, so it would not notice a page that its disk has damaged; stop it and"
                    + " run pg_checksums --enable");
        }
        for (String setting : facts.unsafe()) {
            notes.add(name + ": the server runs with " + setting
                    + "=off, so it may lose batches or damage its files when its machine stops; switch it on");
        }
        if (sharesSessions()) {
            notes.add(
                    pooling == Pooling.UNKNOWN
                            ? name
                                    + ": whether a pooler shares sessions is unknown, since no second connection could be had at opening; so"
                                    + " it is used with ownerLocks(false) and prepareThreshold=0"
                            : name
                                    + ": a pooler shares sessions by transaction, so it is used with ownerLocks(false) and prepareThreshold=0");
        }
        return notes;
    }

    /** Says what does not hold behind the pooler, and what is done instead. */
    void tellPooling(String name) {
        if (pooling == Pooling.UNKNOWN) {
            LOG.warn(
                    "{}: whether a pooler shares its sessions is unknown: no second connection could be had at opening. It is used with"
                            + " ownerLocks(false) and prepareThreshold=0, and others take a dead engine's batches over when its lease lapses."
                            + " Give the pool a second connection, name a source of its own by ownerLockSource, or set ownerLocks(false)"
                            + " to keep this message away",
                    name);
            return;
        }
        LOG.warn(
                "{} is reached through a pooler that shares sessions by transaction, as PgBouncer does, so advisory locks and prepared"
                        + " statements do not hold. It is used with ownerLocks(false) and prepareThreshold=0, and others take a dead"
                        + " engine's batches over when its lease lapses. To have that at once, name a source that leads to the server"
                        + " itself by ownerLockSource, or set the pooler to session mode. To keep this message away, set ownerLocks(false)",
                name);
    }
}
