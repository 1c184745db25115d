package io.batchengine.jdbc;

import io.batchengine.jdbc.StoreMark.State;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * What the database of a store says by itself, without its log. SQLite reads it through a connection for files that never change, which looks
 * at no log and takes no lock. It must be SQLite's: if another reader closes the file, the operating system drops SQLite's locks on it.
 *
 * @param mark empty where the store has none yet
 * @param needsLog whether it lacks something that was committed with the mark or after it
 * @param markPage the page that holds the mark; 0 where there is no table for it
 * @param length how many bytes the file has, as its header tells
 */
record MainFile(Optional<StoreMark> mark, boolean needsLog, int markPage, long length) {
    /** Of a store that has no tables yet. */
    static final MainFile NOTHING = new MainFile(Optional.empty(), false, 0, 0);

    /** Reads it. */
    interface Reader {
        MainFile read() throws SQLException;
    }

    /** Of a file whose connections the store makes. */
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

    private static MainFile of(Statement statement, Tables tables) throws SQLException {
        long length = pragma(statement, "page_count") * pragma(statement, "page_size");
        Optional<String> page = text(statement, "rootpage", "sqlite_master", ofTable(tables.meta()));
        if (page.isEmpty()) {
            return new MainFile(Optional.empty(), false, 0, length);
        }
        Optional<StoreMark> mark = text(statement, "v", tables.meta(), "k = '" + StoreMark.KEY + "'")
                .flatMap(StoreMark::parse);
        boolean open = mark.map(StoreMark::state).orElse(State.CLOSED) == State.OPEN;
        return new MainFile(
                mark,
                open && !copy(statement, tables).equals(mark.map(StoreMark::id)),
                Integer.parseInt(page.get()),
                length);
    }

    /** The id of the mark's copy; its page may never have been in the file yet, and is none then. */
    private static Optional<String> copy(Statement statement, Tables tables) {
        try {
            return text(statement, "id", tables.mark(), "k = 1");
        } catch (SQLException missing) {
            return Optional.empty();
        }
    }

    private static long pragma(Statement statement, String name) throws SQLException {
        try (var found = statement.executeQuery("pragma " + name)) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private static String ofTable(String name) {
        return "type = 'table' and name = '" + name + "'";
    }

    private static Optional<String> text(Statement statement, String column, String table, String where)
            throws SQLException {
        try (var found = statement.executeQuery("select " + column + " from " + table + " where " + where)) {
            return found.next() ? Optional.ofNullable(found.getString(1)) : Optional.empty();
        }
    }
}
