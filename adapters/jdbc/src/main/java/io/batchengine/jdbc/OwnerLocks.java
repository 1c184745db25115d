package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The advisory locks that tell that the engines of this store live: on a connection kept for them, which the server closes when this
 * process ends. A connection that was cut is opened again; where that fails, the leases alone tell it.
 */
final class OwnerLocks implements AutoCloseable {
    /**
     * A lock that is held.
     *
     * @param key its key
     * @param serverStartedMicros when the server was started that gave it
     */
    record Held(long key, long serverStartedMicros) {}

    private static final Logger LOG = LoggerFactory.getLogger(OwnerLocks.class);
    private static final int VALID_SECONDS = 2;
    private static final long SHORTEST_PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConnectionSource source;
    private final Duration patience;
    private final FailOver failOver;
    private final LongSupplier ticker;
    private final Map<String, Held> held = new ConcurrentHashMap<>(); // by owner
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Set<String> owners = new HashSet<>();

    @GuardedBy("lock")
    private @Nullable LockConnection connection;

    @GuardedBy("lock")
    private long notBeforeNanos;

    @GuardedBy("lock")
    private boolean pausing;

    @GuardedBy("lock")
    private boolean shared; // by a pooler: locks of the session hold for nobody

    private volatile boolean closed;
    private volatile @Nullable String problem;

    OwnerLocks(ConnectionSource source, Duration patience, LongSupplier ticker, FailOver failOver) {
        this.failOver = failOver;
        this.source = source;
        this.patience = patience;
        this.ticker = ticker;
    }

    /** The lock of an engine of this store, or null where it is not held now. */
    @Nullable
    Held held(String owner) {
        return held.get(owner);
    }

    /** What keeps the locks from being held, for people; null where nothing does. */
    @Nullable
    String problem() {
        return problem;
    }

    /** Connects now, and fails where that can't be done. */
    void connect() throws SQLException {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            connection = LockConnection.open(source, patience);
        } finally {
            lock.unlock();
            closeIfAsked();
        }
    }

    /** Sees to it that the connection is there, and the locks with it, as far as that can be done now. */
    void ready(String owner) {
        if (!lock.tryLock()) {
            return; // another call is at it, and may be waiting for a connection; it is not worth waiting for, too
        }
        try {
            owners.add(owner);
            if (!closed && !shared && !(pausing && ticker.getAsLong() - notBeforeNanos < 0)) {
                keep();
            }
        } finally {
            lock.unlock();
            closeIfAsked();
        }
    }

    @GuardedBy("lock")
    private void keep() {
        long began = ticker.getAsLong();
        boolean connected = connection != null;
        try {
            LockConnection open = connection;
            if (open == null || open.isLeftBehind(failOver) || !open.isValid(VALID_SECONDS)) {
                disconnect();
                open = LockConnection.open(source, patience);
                connection = open;
            }
            connected = true;
            if (open.isShared()) {
                shared = true;
                throw new SQLException(
                        "a pooler lets the lock's session serve other connections too; set ownerLocks(false)");
            }
            for (String owner : owners) {
                if (!held.containsKey(owner)) {
                    lock(open, owner);
                }
            }
            pausing = false;
            problem = null;
        } catch (SQLException | RuntimeException failure) {
            failed(connected, failure);
            // A pool that has none to give keeps those waiting that ask it. So no more than half of the time is spent
            // on it.
            long now = ticker.getAsLong();
            notBeforeNanos = now + Math.max(SHORTEST_PAUSE_NANOS, now - began);
            pausing = true;
        }
    }

    @GuardedBy("lock")
    private void failed(boolean connected, Exception failure) {
        String told = (connected
                        ? "the connection that tells that this engine lives was cut"
                        : "the connection that tells that this engine lives could not be had")
                + ": if this engine dies, others wait for its lease to lapse before they take its batches over ("
                + Text.describe(failure) + ")";
        if (problem == null) {
            LOG.warn("{}", told);
        }
        problem = told;
        disconnect();
    }

    /** Not waiting: the server may not have noticed yet that the connection before is gone. */
    @GuardedBy("lock")
    private void lock(LockConnection on, String owner) throws SQLException {
        long key = Digests.lockKey("owner " + owner);
        Long serverStarted = on.tryLock(key);
        if (serverStarted != null) {
            held.put(owner, new Held(key, serverStarted));
        }
    }

    @GuardedBy("lock")
    private void disconnect() {
        LockConnection old = connection;
        connection = null;
        held.clear();
        if (old != null) {
            old.close();
        }
    }

    /** Does not wait for a call that waits for a connection: that call closes what it gets. */
    @Override
    public void close() {
        closed = true;
        closeIfAsked();
    }

    private void closeIfAsked() {
        if (closed && lock.tryLock()) {
            try {
                disconnect();
            } finally {
                lock.unlock();
            }
        }
    }
}
