package io.batchengine.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the database of a store says by itself, without its log. SQLite reads it through a connection for files that never change, which looks
 * at no log and takes no lock. It must be SQLite's: if another reader closes the file, the operating system drops SQLite's locks on it.
 *
 * @param mark empty where the store has none yet
 * @param markPage the page that holds it; 0 where there is no table for it
 */
record MainFile(Optional<StoreMark> mark, int markPage) {
    /** Reads it. */
    interface Reader {
        MainFile read() throws SQLException;
    }

    static MainFile read(Path database, Tables tables) throws SQLException {
        try (Connection alone = SqliteOpening.connectAlone(database);
                var statement = alone.createStatement()) {
            return of(statement, tables);
        }
    }

    /**
     * Of a file to which others of this process may have connections. One of theirs can't be used: it would look at the log, and take it into
     * the file when it is closed. Nor can another copy of the driver be used, which does not know of the first one's locks.
     */
    static MainFile readBeside(Connection theirs, Path database, Tables tables) throws SQLException {
        ClassLoader loader = JdbcDriver.SQLITE.load().getClass().getClassLoader();
        try {
            if (theirs.isWrapperFor(Class.forName("org.sqlite.SQLiteConnection", false, loader))) {
                return read(database, tables);
            }
        } catch (ClassNotFoundException | LinkageError otherDriver) {
            throw new SQLException("the driver is not known", otherDriver);
        }
        throw new SQLException("the data source has another copy of the driver");
    }

    /** The id of the mark, with which those in a log are compared. */
    String markId() {
        return mark.map(StoreMark::id).orElse(StoreMark.NONE);
    }

    StoreMark.@Nullable State state() {
        return mark.map(StoreMark::state).orElse(null);
    }

    private static MainFile of(Statement statement, Tables tables) throws SQLException {
        int page;
        try (var found = statement.executeQuery(
                "select rootpage from sqlite_master where type = 'table' and name = '" + tables.meta() + "'")) {
            page = found.next() ? found.getInt(1) : 0;
        }
        if (page == 0) {
            return new MainFile(Optional.empty(), 0);
        }
        try (var found =
                statement.executeQuery("select v from " + tables.meta() + " where k = '" + StoreMark.KEY + "'")) {
            String text = found.next() ? found.getString(1) : null;
            return new MainFile(Optional.ofNullable(text).flatMap(StoreMark::parse), page);
        }
    }
}
