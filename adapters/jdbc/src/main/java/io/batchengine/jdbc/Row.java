package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a row one after the other. */
final class Row {
    private final ResultSet results;
    private int last;

    Row(ResultSet results) {
        this.results = results;
    }

    String text() throws SQLException {
        String value = textOrNull();
        if (value == null) {
            throw new IllegalStateException(Text.format("column %d is null", last));
        }
        return value;
    }

    @Nullable
    String textOrNull() throws SQLException {
        String value = results.getString(++last);
        return value == null ? null : StoredText.decode(value);
    }

    long number() throws SQLException {
        return results.getLong(++last);
    }

    @Nullable
    Long numberOrNull() throws SQLException {
        long value = results.getLong(++last);
        return results.wasNull() ? null : value;
    }

    int integer() throws SQLException {
        return results.getInt(++last);
    }

    boolean flag() throws SQLException {
        return integer() != 0;
    }

    byte[] bytes() throws SQLException {
        return results.getBytes(++last);
    }
}
