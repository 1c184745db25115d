package io.batchengine.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
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

    /** Of a file whose connections the store makes. */
    static MainFile read(Path database, Tables tables) throws SQLException {
        try (Connection alone = SqliteOpening.connectAlone(database)) {
            return of(alone, "main", tables);
        }
    }

    /** Through a connection of the caller's: beside the database that it has open. */
    static MainFile readBeside(Connection connection, Path database, Tables tables) throws SQLException {
        try (var attach = connection.prepareStatement("attach database ? as alone")) {
            attach.setString(1, SqliteOpening.addressAlone(database));
            attach.execute();
        }
        try {
            return of(connection, "alone", tables);
        } finally {
            try (var detach = connection.createStatement()) {
                detach.execute("detach database alone");
            }
        }
    }

    /** The id of the mark, with which those in a log are compared. */
    String markId() {
        return mark.map(StoreMark::id).orElse(StoreMark.NONE);
    }

    StoreMark.@Nullable State state() {
        return mark.map(StoreMark::state).orElse(null);
    }

    private static MainFile of(Connection connection, String schema, Tables tables) throws SQLException {
        try (var statement = connection.createStatement()) {
            int page;
            try (var found = statement.executeQuery(
                    "select rootpage from " + schema + ".sqlite_master where name = '" + tables.meta() + "'")) {
                page = found.next() ? found.getInt(1) : 0;
            }
            if (page == 0) {
                return new MainFile(Optional.empty(), 0);
            }
            try (var found = statement.executeQuery(
                    "select v from " + schema + "." + tables.meta() + " where k = '" + StoreMark.KEY + "'")) {
                return new MainFile(
                        found.next() ? Optional.ofNullable(found.getString(1)).flatMap(StoreMark::parse) : Optional.empty(),
                        page);
            }
        }
    }
}
