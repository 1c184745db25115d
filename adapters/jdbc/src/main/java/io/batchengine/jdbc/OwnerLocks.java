package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advisory locks that tell that the engines of this store live: on a connection of their own, which the server closes when this
 * process ends. A connection that was cut is made anew; where that fails, the leases go on alone.
 */
final class OwnerLocks implements AutoCloseable {
    /** Opens the connection. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    /**
     * A lock that is held.
     *
     * @param key its key
     * @param serverStartedMicros when the server was started that gave it
     */
    record Held(long key, long serverStartedMicros) {}

    private static final Logger LOG = LoggerFactory.getLogger(OwnerLocks.class);
    private static final int VALID_SECONDS = 2;

    private final Connector connector;

    @GuardedBy("this")
    private final Set<String> owners = new HashSet<>();

    @GuardedBy("this")
    private final Map<String, Held> held = new HashMap<>();

    @GuardedBy("this")
    private @Nullable Session session;

    @GuardedBy("this")
    private boolean closed;

    OwnerLocks(Connector connector) {
        this.connector = connector;
    }

    /** The lock of an engine of this store, or null where it can't be had now. */
    synchronized @Nullable Held hold(String owner) {
        owners.add(owner);
        keep();
        return held.get(owner);
    }

    /** Sees to it that the connection is there, and the locks with it. */
    synchronized void keep() {
        if (closed) {
            return;
        }
        try {
            Session open = session;
            if (open == null || !open.connection().isValid(VALID_SECONDS)) {
                disconnect();
                open = new Session(connector.connect());
                session = open;
            }
            for (String owner : owners) {
                if (!held.containsKey(owner)) {
                    lock(open, owner);
                }
            }
        } catch (SQLException failure) {
            LOG.warn(
                    "the connection that tells that this engine lives was cut; its lease tells it: {}",
                    Text.describe(failure));
            disconnect();
        }
    }

    /** Not waiting: the server may not have noticed yet that the connection before is gone. */
    @GuardedBy("this")
    private void lock(Session on, String owner) throws SQLException {
        long key = Digests.lockKey("owner " + owner);
        List<Long> taken = on.query(
                "select " + PostgresLeases.SERVER_STARTED + " where pg_try_advisory_lock(?)",
                args -> args.number(key),
                Row::number);
        if (!taken.isEmpty()) {
            held.put(owner, new Held(key, taken.get(0)));
        }
    }

    @GuardedBy("this")
    private void disconnect() {
        Session old = session;
        session = null;
        held.clear();
        if (old != null) {
            old.closeStatements();
            try {
                old.connection().close();
            } catch (SQLException gone) {
                // That is why it is let go.
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }
}
