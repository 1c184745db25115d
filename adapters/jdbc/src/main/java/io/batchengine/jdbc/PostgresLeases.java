package io.batchengine.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Leases by the database's clock, one row an engine. An engine whose advisory lock is free is dead, however long its lease: unless the
 * server was started since, which frees the locks of the living too. If this is wrong, its batches change hands and its late writes are
 * refused: nothing depends on it but how soon a dead engine's batches go on.
 */
final class PostgresLeases implements Leases {
    private static final String NOW = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";
    static final String SERVER_STARTED = "(extract(epoch from pg_postmaster_start_time()) * 1000000)::bigint";
    /** No engine asks for more than a day: a row that tells of more is damaged, or the server's clock went back, and keeps no batch. */
    private static final long LONGEST_MICROS = Duration.ofDays(2).toMillis() * 1_000;

    private static final long FORGET_MICROS = Duration.ofHours(1).toMillis() * 1_000;

    private final Set<String> known = ConcurrentHashMap.newKeySet(); // engines of this store
    private final @Nullable OwnerLocks locks;
    private final TransactionStart start;
    private final String table;
    private final String prolong;
    private final String live;
    private final String forget;

    PostgresLeases(Tables tables, @Nullable OwnerLocks locks, TransactionStart start) {
        this.locks = locks;
        this.start = start;
        this.table = tables.owner();
        prolong =
                "insert into " + tables.owner() + "(id, lease_until_us, lock_key, server_started_us) values (?, " + NOW
                        + " + ?, ?, ?) on conflict (id) do update set lease_until_us = excluded.lease_until_us,"
                        + " lock_key = excluded.lock_key, server_started_us = excluded.server_started_us";
        // The try succeeds, and ends with this transaction, where nobody holds the lock; shared, so that two that look
        // do not mislead
        // each other.
        live = "select id from " + tables.owner() + " where lease_until_us >= " + NOW
                + " and lease_until_us <= " + NOW + " + " + LONGEST_MICROS
                + " and (lock_key is null or server_started_us <> " + SERVER_STARTED
                + " or not pg_try_advisory_xact_lock_shared(lock_key))";
        forget = "delete from " + tables.owner() + " where id in (select id from " + tables.owner()
                + " o where lease_until_us < " + NOW + " - " + FORGET_MICROS + " and not exists (select 1 from "
                + tables.batch() + " b where b.owner = o.id) order by id for update skip locked)";
    }

    @Override
    public void ready(String owner, Duration lease) {
        start.allowFor(lease);
        if (locks != null) {
            locks.ready(owner);
        }
    }

    @Override
    public void prolong(Session session, String owner, Duration lease) throws SQLException {
        OwnerLocks.Held held = locks == null ? null : locks.held(owner);
        long micros = lease.toNanos() / 1_000;
        int prolonged = session.update(
                prolong,
                args -> args.text(owner)
                        .number(micros)
                        .numberOrNull(held == null ? null : held.key())
                        .numberOrNull(held == null ? null : held.serverStartedMicros()));
        Written.one(prolonged, table);
        if (known.add(owner)) {
            session.update(forget, Session.NOTHING);
        }
    }

    @Override
    public Set<String> live(Session session) throws SQLException {
        return new HashSet<>(session.query(live, Session.NOTHING, ResultRow::text));
    }
}
