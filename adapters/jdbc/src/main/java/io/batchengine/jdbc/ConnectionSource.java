package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections; each is given back by closing it. */
interface ConnectionSource {
    Connection connection() throws SQLException;

    /** A call on one of its connections has failed; what that tells of the next ones may spare them a wait. */
    default void failed(SQLException failure) {}

    /** Ends waits for a connection, where that can be done; the source is not asked again. */
    default void endWaits() {}
}
