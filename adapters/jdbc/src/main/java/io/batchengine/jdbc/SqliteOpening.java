package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/** Opens a SQLite file: finds it, locks it, connects, and makes the tables. */
final class SqliteOpening {
    static final String URL_PREFIX = "jdbc:sqlite:";
    private static final int READERS = 4;
    private static final String OPEN_READ_ONLY = "1";

    /** A store on a machine that loses its power keeps what it has acknowledged: each commit syncs, on macOS down to the platter. */
    private static final List<String> WRITER = List.of(
            "pragma busy_timeout = 10000",
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "pragma fullfsync = 1",
            "pragma checkpoint_fullfsync = 1",
            "pragma wal_autocheckpoint = 4000",
            "pragma journal_size_limit = 67108864",
            "pragma cache_size = -16384",
            "pragma temp_store = memory",
            // What a process that was killed has left in the log goes into the file, by writes and syncs of this
            // process.
            "pragma wal_checkpoint(truncate)");

    private static final List<String> READER = List.of(
            "pragma busy_timeout = 10000",
            "pragma query_only = 1",
            "pragma cache_size = -4096",
            "pragma temp_store = memory");

    private SqliteOpening() {}

    static OpenStore open(Settings settings, Path file) {
        return open(settings, file, database -> connect(database, settings));
    }

    /** From the caller's data source, of whose connections the store keeps a few. */
    static OpenStore from(Settings settings, GivenSource source) {
        return open(settings, fileOf(source.url()), database -> source.connection());
    }

    private interface Connector {
        Connection connect(Path database) throws SQLException;
    }

    private static OpenStore open(Settings settings, Path file, Connector connector) {
        Path database = SqliteFile.realPath(file, settings.readOnly());
        String name = "the store " + Text.quote(database.toString());
        SqliteDialect dialect = new SqliteDialect(settings.tables(), settings.ticker());
        Runnable unlock = () -> {};
        boolean opened = false;
        try {
            unlock = settings.readOnly() ? unlock : SqliteLock.take(database)::close;
            SqliteDatabase open = new SqliteDatabase(
                    name,
                    unlock,
                    forWriting -> prepared(connector.connect(database), forWriting),
                    settings.readOnly(),
                    settings.poolSize() == 0 ? READERS : settings.poolSize());
            opened = true;
            return OpenStore.prepare(settings, settings.tables(), open, dialect);
        } catch (SQLException | IOException failure) {
            throw SqliteFile.cantOpen(database, failure);
        } finally {
            if (!opened) {
                unlock.run();
            }
        }
    }

    /** The file of a url; settings behind a question mark are refused, for the store makes its own. */
    static Path fileOf(String url) {
        String file = url.substring(URL_PREFIX.length());
        if (file.isEmpty() || file.startsWith(":memory:") || file.contains("?") || file.startsWith("file:")) {
            throw Failures.invalid(Text.format(
                    "the url %s names no file: give jdbc:sqlite:FILE, without settings; for a store in memory use InMemoryBatchStore",
                    Text.quote(url)));
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw Failures.invalid(Text.format("the url %s names no file that can be here", Text.quote(url)));
        }
    }

    private static Connection connect(Path database, Settings settings) throws SQLException {
        Properties properties = new Properties();
        if (settings.readOnly()) {
            properties.setProperty("open_mode", OPEN_READ_ONLY);
        }
        // As a URI, in which no character of a path means anything to the driver.
        return DriverManager.getConnection(URL_PREFIX + database.toUri().toASCIIString(), properties);
    }

    private static Connection prepared(Connection connection, boolean forWriting) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (String pragma : forWriting ? WRITER : READER) {
                statement.execute(pragma);
            }
            try (var mode = statement.executeQuery("pragma journal_mode")) {
                if (!mode.next() || !mode.getString(1).equals("wal")) {
                    throw new SQLException(
                            "SQLite can't keep a write-ahead log there; put the file on a disk of this machine");
                }
            }
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }
}
