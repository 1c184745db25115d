package io.batchengine.jdbc;

import java.sql.SQLException;

/** A working connection does not let its autoCommit be set, as where a container ends the transactions. */
final class AutoCommitRefused extends SQLException {
    private static final long serialVersionUID = 1;

    AutoCommitRefused(SQLException told) {
        super(told.getMessage(), told.getSQLState(), told);
    }
}
