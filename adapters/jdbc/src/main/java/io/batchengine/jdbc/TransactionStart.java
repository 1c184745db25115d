package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What each transaction on PostgreSQL begins with, where its connection does not bring it along. It holds for the transaction alone, so
 * there is nothing to set back.
 *
 * <p>The database ends a transaction whose process stands still, and with it the locks that keep others from its batches. That must come
 * before the lease lapses. A lease is renewed each third of it, so two thirds are left at any moment.
 */
final class TransactionStart {
    private static final int KNOWS_TRANSACTION_TIMEOUT = 17; // the version of the server

    private final Settings.Timeouts timeouts;
    private final @Nullable Integer foreignServer; // its version, where nothing is known of the connections; else null
    private final boolean commitsLater; // an acknowledged commit may be lost by a crash, if nothing is set
    private volatile @Nullable Duration shortestLease;
    private volatile @Nullable String sql;

    private TransactionStart(Settings.Timeouts timeouts, @Nullable Integer foreignServer, boolean commitsLater) {
        this.timeouts = timeouts;
        this.foreignServer = foreignServer;
        this.commitsLater = commitsLater;
        this.sql = text();
    }

    /** What a session of the store's own begins with: what a role or a database sets for all its sessions does not suit the store. */
    static String ofSession(Settings.Timeouts timeouts, ServerFacts facts) {
        String text = Text.format(
                "set lock_timeout = %d; set idle_in_transaction_session_timeout = %d; set statement_timeout = %d",
                timeouts.lock().toMillis(),
                timeouts.idleInTransaction().toMillis(),
                timeouts.socket().toMillis());
        if (facts.version() >= KNOWS_TRANSACTION_TIMEOUT) {
            text += "; set transaction_timeout = 0";
        }
        return facts.commitsLater() ? text + "; set synchronous_commit = on" : text;
    }

    /** For connections that bring the timeouts along. */
    static TransactionStart prepared(Settings.Timeouts timeouts) {
        return new TransactionStart(timeouts, null, false);
    }

    /** For connections of which nothing is known, and where a setting must not outlive its transaction. */
    static TransactionStart unprepared(Settings.Timeouts timeouts, int serverVersion, boolean commitsLater) {
        return new TransactionStart(timeouts, serverVersion, commitsLater);
    }

    /** An engine with this lease works on the store from now on. */
    void allowFor(Duration lease) {
        Duration shortest = shortestLease;
        if (shortest == null || lease.compareTo(shortest) < 0) {
            shorten(lease);
        }
    }

    private synchronized void shorten(Duration lease) {
        Duration shortest = shortestLease;
        if (shortest == null || lease.compareTo(shortest) < 0) {
            shortestLease = lease;
            sql = text();
        }
    }

    /** Several statements in one, which costs one round trip; null: nothing is needed. */
    @Nullable
    String sql() {
        return sql;
    }

    private @Nullable String text() {
        Duration idle = bounded(timeouts.idleInTransaction());
        Duration lock = bounded(timeouts.lock());
        boolean shortened = !idle.equals(timeouts.idleInTransaction()) || !lock.equals(timeouts.lock());
        Integer server = foreignServer;
        if (server == null && !shortened) {
            return null;
        }
        String text = Text.format(
                "set local lock_timeout = %d; set local idle_in_transaction_session_timeout = %d",
                lock.toMillis(), idle.toMillis());
        if (server == null) {
            return text;
        }
        text = "set transaction isolation level read committed; " + text
                + Text.format(
                        "; set local statement_timeout = %d", timeouts.socket().toMillis());
        text = commitsLater ? text + "; set local synchronous_commit = on" : text;
        return server < KNOWS_TRANSACTION_TIMEOUT ? text : text + "; set local transaction_timeout = 0";
    }

    private Duration bounded(Duration timeout) {
        Duration lease = shortestLease;
        if (lease == null) {
            return timeout;
        }
        Duration rest = lease.multipliedBy(2).dividedBy(3);
        return timeout.compareTo(rest) <= 0 ? timeout : rest;
    }
}
