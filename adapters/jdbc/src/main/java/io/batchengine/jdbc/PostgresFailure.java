package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Locale;
import java.util.Set;

/** What an error of PostgreSQL or of its driver means, by its SQLSTATE: what to do with the connection, and what to tell the caller. */
enum PostgresFailure {
    /** The server refuses writes: after a fail-over the connection may still lead to the server that was the primary before. */
    READ_ONLY(
            ErrorCode.STORE_UNAVAILABLE,
            true,
            "the server is read-only now, as after a fail-over; the connection is dropped and the next call opens a new one. If this"
                    + " lasts, point the url at the primary (with several hosts: targetServerType=primary), or switch"
                    + " default_transaction_read_only off"),
    /** The connection is gone, or in a state in which it serves nobody. */
    CONNECTION(
            ErrorCode.STORE_UNAVAILABLE,
            true,
            "the connection was lost and is dropped; the next call opens a new one. If this lasts, check that the server runs and that the"
                    + " network lets its connections stay open"),
    /** The server has ended the session since its transaction was open for too long. */
    TOO_LONG(
            ErrorCode.STORE_UNAVAILABLE,
            true,
            "the server ended the connection because a transaction was open for too long; the next call opens a new one. If this lasts,"
                    + " raise transaction_timeout or idle_in_transaction_session_timeout of the role or the database"),
    /** A statement that the driver has prepared is not there: another session answers than the one that prepared it. */
    PREPARED(
            ErrorCode.STORE_UNAVAILABLE,
            true,
            "a prepared statement is not where it was made; behind a pooler that shares connections by transaction add prepareThreshold=0 to"
                    + " the url and use ownerLocks(false)"),
    /** The database can't keep a value, however often it is sent. */
    CONTENT(
            ErrorCode.CONTENT_REFUSED,
            false,
            "the database can't keep a value of this call; sending it again does not help"),
    /** Files of the database are damaged where the call reads or writes. */
    DAMAGE(ErrorCode.STORE_CORRUPT, false, Failures.DAMAGE_HINT),
    /** There is no such database any more. */
    GONE(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "the database does not exist any more; restore it from a backup, and the store works again by itself"),
    /** The server does not let the user in. */
    LOGIN(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "the server does not let this user in any more: check that the role exists and may log in, its password, and the line of"
                    + " pg_hba.conf that it comes by; with a new password open the store again"),
    /** The user lacks a right. */
    RIGHTS(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "the user lacks a right; grant select, insert, update and delete on the store's tables and usage on their schema, then try"
                    + " again"),
    /** A table or a column is gone. */
    TABLES(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "a table of the store is missing or was changed; restore it, then open the store again"),
    /** Another transaction is in the way. */
    BUSY(ErrorCode.STORE_UNAVAILABLE, false, "another transaction was in the way; the call may work later"),
    /** The server has no room: disk, memory, connections. */
    ROOM(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "the server has run out of room; give it some, and the store works again by itself"),
    /** The data source gives connections whose transactions a container begins and ends. */
    MANAGED(
            ErrorCode.STORE_UNAVAILABLE,
            false,
            "the data source is bound to container-managed transactions and does not let the store begin its own; give the store a plain"
                    + " data source outside of them (non-JTA, non-XA), or a url"),
    /** Anything else. */
    OTHER(ErrorCode.STORE_UNAVAILABLE, false, "the store works again when the database does");

    private static final Set<String> LOST = Set.of("25P02"); // a transaction that failed before was left open
    private static final Set<String> LASTED = Set.of(
            "25P03", // idle in a transaction
            "25P04"); // transaction too long
    private static final Set<String> UNPREPARED = Set.of("26000", "42P05");
    /** Beside the classes 22 and 23: a view with a check option, and a trigger's own exception or assertion. */
    private static final Set<String> REFUSED = Set.of("44000", "P0001", "P0004");
    /** Of class 23: a row that is there already tells nothing of what the new one holds. */
    private static final String OF_A_KEY = "23505";

    private static final Set<String> IN_THE_WAY = Set.of("55P03", "57014", "55006");
    private static final Set<String> MISSING =
            Set.of("42P01", "42703", "3F000", "42P10", "0A000"); // the last for a table with a rule

    private final ErrorCode code;
    private final boolean dropsConnection;
    private final String hint;

    PostgresFailure(ErrorCode code, boolean dropsConnection, String hint) {
        this.code = code;
        this.dropsConnection = dropsConnection;
        this.hint = hint;
    }

    static PostgresFailure of(SQLException failure) {
        if (failure instanceof AutoCommitRefused) {
            return MANAGED;
        }
        String state = failure.getSQLState();
        if (state == null || state.length() != 5) {
            boolean broken = failure instanceof SQLRecoverableException || failure.getCause() instanceof IOException;
            return broken ? CONNECTION : OTHER;
        }
        if (Failures.isDamage(failure)) {
            return DAMAGE;
        }
        String known = state.toUpperCase(Locale.ROOT);
        if (known.equals("25006")) {
            return READ_ONLY;
        }
        if (known.startsWith("08") || known.startsWith("57P") || LOST.contains(known)) {
            return CONNECTION;
        }
        if (LASTED.contains(known)) {
            return TOO_LONG;
        }
        if (UNPREPARED.contains(known)) {
            return PREPARED;
        }
        return isForContent(known) ? CONTENT : ofServer(known);
    }

    private static boolean isForContent(String state) {
        return state.startsWith("22")
                || state.startsWith("54")
                || (state.startsWith("23") && !state.equals(OF_A_KEY))
                || REFUSED.contains(state);
    }

    private static PostgresFailure ofServer(String state) {
        if (state.equals("42501")) {
            return RIGHTS;
        }
        if (state.equals("3D000")) {
            return GONE;
        }
        if (state.startsWith("28")) {
            return LOGIN;
        }
        if (MISSING.contains(state)) {
            return TABLES;
        }
        if (state.startsWith("40") || IN_THE_WAY.contains(state)) {
            return BUSY;
        }
        return state.startsWith("53") ? ROOM : OTHER;
    }

    /** Whether the connection that gave the error must not be used again. */
    boolean dropsConnection() {
        return dropsConnection;
    }

    /** Whether a connection that could not be had for it can't be had by trying again, until somebody does something. */
    boolean refusesConnections() {
        return this == GONE || this == LOGIN || this == RIGHTS;
    }

    /** The exception for the caller. */
    BatchEngineException exception(String store, SQLException failure) {
        return BatchEngineException.of(code, message(store, failure), failure);
    }

    String message(String store, SQLException failure) {
        return Text.format("%s: %s (%s)", store, hint, Text.describe(first(failure)));
    }

    /** What the server said, without the values of the statements of a batch, which the driver puts before it. */
    private static SQLException first(SQLException failure) {
        SQLException next = failure.getNextException();
        return failure instanceof BatchUpdateException && next != null ? next : failure;
    }
}
