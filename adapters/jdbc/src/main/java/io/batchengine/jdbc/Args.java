package io.batchengine.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement one after the other. */
final class Args {
    private final PreparedStatement statement;
    private int last;

    Args(PreparedStatement statement) {
        this.statement = statement;
    }

    Args text(@Nullable String value) throws SQLException {
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
        return this;
    }

    Args integer(int value) throws SQLException {
        statement.setInt(++last, value);
        return this;
    }

    Args numberOrNull(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++last, Types.BIGINT);
        } else {
            statement.setLong(++last, value);
        }
        return this;
    }

    Args flag(boolean value) throws SQLException {
        return integer(value ? 1 : 0);
    }

    Args bytes(byte[] value) throws SQLException {
        statement.setBytes(++last, value);
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
