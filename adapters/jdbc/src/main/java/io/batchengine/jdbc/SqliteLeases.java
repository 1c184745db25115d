package io.batchengine.jdbc;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Leases in memory: only this process writes the file, so that an owner which is not known here is one of a process that has ended.
 */
final class SqliteLeases implements Leases {
    private final LongSupplier ticker;
    private final Map<String, Long> untilNanos = new ConcurrentHashMap<>();

    SqliteLeases(LongSupplier ticker) {
        this.ticker = ticker;
    }

    @Override
    public void ready(String owner, Duration lease) {}

    @Override
    public void prolong(Session session, String owner, Duration lease) {
        untilNanos.put(owner, ticker.getAsLong() + lease.toNanos());
    }

    @Override
    public Set<String> live(Session session) {
        long now = ticker.getAsLong();
        untilNanos.values().removeIf(until -> until - now < 0);
        return new HashSet<>(untilNanos.keySet());
    }
}
