package io.batchengine.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row one after the other. A row of which nothing may be believed before its checksum is verified is read with
 * {@link #begin} and {@link #isWhole}: until then a value that can't be is read as an empty one.
 */
final class ResultRow {
    private static final byte[] NO_BYTES = {};
    /** What the driver of PostgreSQL says of bytes that are no text. */
    private static final String NO_TEXT = "22000";

    private final ResultSet results;
    private final Checksum checksum;
    private int last;
    private boolean summing;
    private boolean broken;

    ResultRow(ResultSet results, Checksum checksum) {
        this.results = results;
        this.checksum = checksum;
    }

    /** What is read from here on is summed, and must match the checksum that {@link #isWhole} reads. */
    ResultRow begin() {
        checksum.begin();
        summing = true;
        broken = false;
        return this;
    }

    /** Sums a value that was read before, or is known. */
    ResultRow covers(long value) {
        checksum.add(value);
        return this;
    }

    /** Sums a text that was read before, or is known. */
    ResultRow covers(String text) {
        checksum.addText(StoredText.encode(text));
        return this;
    }

    /** Reads the checksum; false where what was read since {@link #begin} does not match it. */
    boolean isWhole() throws SQLException {
        summing = false;
        int stored = results.getInt(++last);
        return !results.wasNull() && stored == checksum.value() && !broken;
    }

    String text() throws SQLException {
        String value = textOrNull();
        if (value == null) {
            requireSumming("a column that must have a text has none");
            return "";
        }
        return value;
    }

    @Nullable
    String textOrNull() throws SQLException {
        String value = stored();
        if (summing) {
            checksum.addText(value);
        }
        return value == null ? null : decoded(value);
    }

    /** A text that no checksum covers. */
    @Nullable
    String uncoveredTextOrNull() throws SQLException {
        String value = stored();
        return value == null ? null : decoded(value);
    }

    private @Nullable String stored() throws SQLException {
        try {
            return results.getString(++last);
        } catch (SQLException noText) {
            if (!summing || !NO_TEXT.equals(noText.getSQLState())) {
                throw noText;
            }
            broken = true;
            return null;
        }
    }

    private String decoded(String value) {
        try {
            return StoredText.decode(value);
        } catch (IllegalStateException | NumberFormatException noEscape) {
            requireSumming("a text has an escape that is none");
            return value;
        }
    }

    long number() throws SQLException {
        long value = results.getLong(++last);
        if (summing) {
            checksum.add(value);
        }
        return value;
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long read = results.getLong(++last);
        Long value = results.wasNull() ? null : read;
        if (summing) {
            checksum.addOrNull(value);
        }
        return value;
    }

    int integer() throws SQLException {
        int value = results.getInt(++last);
        if (summing) {
            checksum.add(value);
        }
        return value;
    }

    boolean flag() throws SQLException {
        return integer() != 0;
    }

    byte[] bytes() throws SQLException {
        byte[] value = results.getBytes(++last);
        if (value == null) {
            requireSumming("a column that must have bytes has none");
            return NO_BYTES;
        }
        if (summing) {
            checksum.addBytes(value);
        }
        return value;
    }

    private void requireSumming(String what) {
        if (!summing) {
            throw Failures.corrupt("a row of the store is damaged: " + what);
        }
        broken = true;
    }
}
