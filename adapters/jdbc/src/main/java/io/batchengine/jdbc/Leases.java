package io.batchengine.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;

/** How long engines hold their batches. */
interface Leases {
    /** An engine is about to claim or to prolong its lease. Called without a connection in hand; may take one. */
    void ready(String owner, Duration lease);

    /** An engine is alive, from now for the length of its lease. */
    void prolong(Session session, String owner, Duration lease) throws SQLException;

    /** The engines whose batches nobody may claim. All others' owners are dead, or let their lease lapse. */
    Set<String> live(Session session) throws SQLException;
}
