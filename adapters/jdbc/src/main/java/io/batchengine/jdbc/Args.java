package io.batchengine.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Args {
    private final PreparedStatement statement;
    private final Checksum checksum;
    private int last;
    private boolean summing;

    Args(PreparedStatement statement, Checksum checksum) {
        this.statement = statement;
        this.checksum = checksum;
    }

    /** What is set from here on is summed, for {@link #checksum}. */
    Args begin() {
        checksum.begin();
        summing = true;
        return this;
    }

    /** Sums a value that the row has and this statement does not set. */
    Args covers(long value) {
        checksum.add(value);
        return this;
    }

    /** Sums a text that the row has and this statement does not set. */
    Args covers(String text) {
        checksum.addText(StoredText.encode(text));
        return this;
    }

    /** Sets the checksum of what was summed since {@link #begin}. */
    Args checksum() throws SQLException {
        summing = false;
        statement.setInt(++last, checksum.value());
        return this;
    }

    Args text(@Nullable String value) throws SQLException {
        String stored = StoredText.encodeOrNull(value);
        statement.setString(++last, stored);
        if (summing) {
            checksum.addText(stored);
        }
        return this;
    }

    /** A text that no checksum covers. */
    Args uncoveredText(@Nullable String value) throws SQLException {
        statement.setString(++last, StoredText.encodeOrNull(value));
        return this;
    }

    Args texts(Collection<String> values) throws SQLException {
        for (String value : values) {
            text(value);
        }
        return this;
    }

    Args number(long value) throws SQLException {
        statement.setLong(++last, value);
        if (summing) {
            checksum.add(value);
        }
        return this;
    }

    Args integer(int value) throws SQLException {
        statement.setInt(++last, value);
        if (summing) {
            checksum.add(value);
        }
        return this;
    }

    Args numberOrNull(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.BIGINT);
        } else {
            statement.setLong(++last, value);
        }
        if (summing) {
            checksum.addOrNull(value);
        }
        return this;
    }

    Args flag(boolean value) throws SQLException {
        return integer(value ? 1 : 0);
    }

    Args bytes(byte[] value) throws SQLException {
        statement.setBytes(++last, value);
        if (summing) {
            checksum.addBytes(value);
        }
        return this;
    }

    Args object(Object value) throws SQLException {
        statement.setObject(++last, value);
        return this;
    }

    /** Placeholders for a list of so many values. */
    static String marks(int count) {
        return "?" + ", ?".repeat(Math.max(0, count - 1));
    }
}
