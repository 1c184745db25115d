package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections; each is given back by closing it. */
interface ConnectionSource {
    Connection connection() throws SQLException;

    /** Ends waits for a connection, where that can be done; the source is not asked again. */
    default void endWaits() {}
}
