package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells what a database's error means. */
final class Failures {
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_TOOBIG = 18;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;
    private static final int SQLITE_NOTADB = 26;
    private static final int PRIMARY_CODE = 0xff;
    /** After these what is in memory may not be what is on the disk, and whether a commit is there is not known. */
    private static final Set<Integer> POISON = Set.of(SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB);

    /** Constraints that tell of a row that is there already, not of what the new one holds. */
    private static final Pattern OF_A_KEY = Pattern.compile("SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)");

    private Failures() {}

    /** Whether nothing more may be acknowledged through the SQLite file until it is opened anew. */
    static boolean isPoison(SQLException failure) {
        return POISON.contains(failure.getErrorCode() & PRIMARY_CODE);
    }

    /** The exception for a call on SQLite that failed and may be made again. */
    static BatchEngineException sqlite(String store, SQLException failure) {
        if (isForContent(failure)) {
            return BatchEngineException.of(
                    ErrorCode.CONTENT_REFUSED,
                    Text.format(
                            "%s can't keep a value of this call; sending it again does not help (%s)",
                            store, Text.describe(failure)),
                    failure);
        }
        String hint = switch (failure.getErrorCode() & PRIMARY_CODE) {
            case SQLITE_FULL -> "the disk is full; free some space: it goes on by itself";
            case SQLITE_BUSY -> "another program, or a transaction of this one, holds a lock on it; end that";
            default -> "it may work later";
        };
        return unavailable(Text.format("%s: %s (%s)", store, hint, Text.describe(failure)), failure);
    }

    /** Whether the file refuses what a row is to hold, and will refuse it again. */
    private static boolean isForContent(SQLException failure) {
        return switch (failure.getErrorCode() & PRIMARY_CODE) {
            case SQLITE_TOOBIG, SQLITE_MISMATCH -> true;
            case SQLITE_CONSTRAINT ->
                !OF_A_KEY.matcher(String.valueOf(failure.getMessage())).find();
            default -> false;
        };
    }

    static BatchEngineException poisoned(String store, Throwable cause) {
        return unavailable(
                Text.format(
                                "%s had an input or output error, after which it acknowledges nothing more; close it, look after the disk,",
                                store)
                        + Text.format(" and reopen it (%s)", Text.describe(cause)),
                cause);
    }

    static BatchEngineException unavailable(String message, Throwable cause) {
        return BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message, cause);
    }

    static BatchEngineException closed(String store) {
        return BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, store + " is closed");
    }

    static BatchEngineException readOnly(String store) {
        return BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE, store + " is open for reading only; open it without readOnly to write");
    }

    static BatchEngineException invalid(String message) {
        return BatchEngineException.of(ErrorCode.INVALID_ARGUMENT, message);
    }
}
