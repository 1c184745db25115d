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
    private static final int SQLITE_ERROR = 1;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_TOOBIG = 18;
    private static final int SQLITE_CONSTRAINT = 19;
    private static final int SQLITE_MISMATCH = 20;
    private static final int SQLITE_NOTADB = 26;
    private static final int PRIMARY_CODE = 0xff;
    /** After these what is in memory may not be what is on the disk, and whether a commit is there is not known. */
    private static final Set<Integer> POISON = Set.of(SQLITE_IOERR, SQLITE_NOTADB);
    /** PostgreSQL: data_corrupted, index_corrupted. */
    private static final Set<String> DAMAGE = Set.of("XX001", "XX002");
    /** PostgreSQL: internal_error, undefined_file; which of them come of damage only their texts tell, which are not translated. */
    private static final Set<String> PERHAPS_DAMAGE = Set.of("XX000", "58P01");

    private static final Pattern NO_SUCH = Pattern.compile("no such (column|table|index)");

    /** Constraints that tell of a row that is there already, not of what the new one holds. */
    private static final Pattern OF_A_KEY = Pattern.compile("SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)");

    /** What to do about damage. */
    static final String DAMAGE_HINT =
            "it is damaged where this call reads or writes, and the rest of it can be used; check the disk, then restore a backup, or"
                    + " cancel and delete the batches that can't be read";

    private Failures() {}

    /** Whether nothing more may be acknowledged through the SQLite file until it is opened again. */
    static boolean isPoison(SQLException failure) {
        return POISON.contains(failure.getErrorCode() & PRIMARY_CODE);
    }

    /**
     * Whether the database has met damage of its files: what was asked for can't be read, while the rest can. It poisons nothing: a
     * transaction that meets it is undone as a whole.
     */
    static boolean isDamage(SQLException failure) {
        String state = failure.getSQLState();
        if (state == null) {
            int code = failure.getErrorCode() & PRIMARY_CODE;
            return code == SQLITE_CORRUPT || (code == SQLITE_ERROR && isOfSchema(failure));
        }
        String message = String.valueOf(failure.getMessage());
        return DAMAGE.contains(state)
                || (PERHAPS_DAMAGE.contains(state)
                        && (message.contains("invalid memory alloc request size")
                                || message.contains("could not access status of transaction")
                                || message.contains("could not open file")
                                || message.contains("corrupt")));
    }

    /** A name of the schema is missing, which was there when the store was made. */
    private static boolean isOfSchema(SQLException failure) {
        return NO_SUCH.matcher(String.valueOf(failure.getMessage())).find();
    }

    /** What to tell where the database itself has met damage. */
    static BatchEngineException damaged(String store, SQLException failure) {
        return BatchEngineException.of(
                ErrorCode.STORE_CORRUPT,
                Text.format("%s: %s (%s)", store, DAMAGE_HINT, Text.describe(failure)),
                failure);
    }

    static BatchEngineException corrupt(String message) {
        return BatchEngineException.of(ErrorCode.STORE_CORRUPT, message);
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
        return BatchEngineException.of(
                ErrorCode.STORE_LOST,
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
