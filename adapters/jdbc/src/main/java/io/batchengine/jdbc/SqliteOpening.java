package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a SQLite file: finds it, locks it, connects, and makes the tables. */
final class SqliteOpening {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteOpening.class);
    static final String URL_PREFIX = "jdbc:sqlite:";
    private static final int READERS = 4;
    private static final String OPEN_READ_ONLY = "1";

    /** What a connection of the caller's comes with is read first and set back when it is returned. */
    private static final Pattern SETTING = Pattern.compile("pragma (\\w+) = .*");

    /** A store on a machine that loses its power keeps what it has acknowledged: each commit syncs, on macOS down to the platter. */
    private static final List<String> WRITER = List.of(
            "pragma busy_timeout = 10000",
            "pragma journal_mode = wal",
            "pragma synchronous = full",
            "pragma fullfsync = 1",
            "pragma checkpoint_fullfsync = 1",
            "pragma wal_autocheckpoint = 4000",
            "pragma journal_size_limit = " + UntakenLog.BOUND,
            "pragma cache_size = -16384",
            "pragma temp_store = memory");

    private static final List<String> READER = List.of(
            "pragma busy_timeout = 10000",
            "pragma query_only = 1",
            "pragma cache_size = -4096",
            "pragma temp_store = memory");

    private SqliteOpening() {}

    static OpenStore open(Settings settings, Path file) {
        return open(
                settings,
                file,
                (database, forWriting) -> prepared(LentConnection.kept(connect(database, settings)), forWriting, false),
                database -> MainFile.read(database, settings.tables()));
    }

    /** From the caller's data source, of whose connections the store keeps a few. */
    static OpenStore from(Settings settings, GivenSource source) {
        GivenConnections given = new GivenConnections(source, settings.readOnly(), readers(settings));
        given.requireRoom();
        return open(
                settings,
                fileOf(source.url()),
                (database, forWriting) -> prepared(given.next(), forWriting, true),
                database -> given.once(one -> MainFile.readBeside(one, database, settings.tables())));
    }

    private static int readers(Settings settings) {
        return settings.poolSize() == 0 ? READERS : settings.poolSize();
    }

    private interface Connector {
        LentConnection connect(Path database, boolean forWriting) throws SQLException;
    }

    /** Reads a database without its log. */
    private interface Alone {
        MainFile read(Path database) throws SQLException;
    }

    private static OpenStore open(Settings settings, Path file, Connector connector, Alone alone) {
        Path database = SqliteFile.realPath(file, settings.readOnly());
        if (OpenFiles.isSpoiled(database)) {
            throw Failures.corrupt(Text.format(
                    "the store %s or its log was damaged while this process had it open: end the process, then put a backup back, or"
                            + " open the store and read what is whole",
                    Text.quote(database.toString())));
        }
        StoreFiles files = new StoreFiles(database);
        SqliteDialect dialect = new SqliteDialect(settings.tables(), settings.ticker());
        Runnable unlock = () -> {};
        boolean opened = false;
        try {
            if (!settings.readOnly()) {
                unlock = SqliteLock.take(database)::close;
            }
            List<String> notes = notes(settings, files, () -> alone.read(database));
            if (!settings.readOnly()) {
                SqliteFile.make(database);
            }
            FileKeys found = FileKeys.of(List.of(database));
            SqliteDatabase open = new SqliteDatabase(
                    files,
                    unlock,
                    forWriting -> connector.connect(database, forWriting),
                    settings,
                    readers(settings),
                    notes);
            opened = true;
            OpenStore ready = OpenStore.prepare(settings, settings.tables(), open, dialect);
            return watched(ready, open, found, () -> alone.read(database));
        } catch (SQLException | IOException failure) {
            throw SqliteFile.cantOpen(database, failure);
        } finally {
            if (!opened) {
                unlock.run();
            }
        }
    }

    /** What is worth knowing of the place of the files, and of their state; refuses what would be damaged. */
    private static List<String> notes(Settings settings, StoreFiles files, MainFile.Reader alone) throws IOException {
        List<String> notes = new ArrayList<>();
        String disk = NetworkDisk.note(files.database(), settings.fileSystems());
        if (disk != null) {
            LOG.warn("{}", disk);
            notes.add(disk);
        }
        if (!settings.readOnly() || !OpenFiles.isOpen(files.database())) { // whoever has it open has looked
            boolean nobodyElse = !settings.readOnly() || SqliteLock.isFree(files.database());
            String missing = new LogCheck(files, alone, nobodyElse).run();
            if (missing != null && settings.readOnly() && nobodyElse && Files.exists(files.index())) {
                // Reading would replace the index of the log, and with it what tells the next writer of the loss.
                throw Failures.corrupt(missing + "; open the store to write to go on without that");
            }
            if (missing != null) {
                notes.add(missing);
            }
        }
        return List.copyOf(notes);
    }

    /** The file that was found first must be the one that is open. */
    private static OpenStore watched(OpenStore ready, SqliteDatabase open, FileKeys found, MainFile.Reader alone)
            throws IOException {
        boolean watched = false;
        try {
            String lost = found.lost();
            if (lost != null) {
                throw new IOException(lost + " while it was opened");
            }
            open.watchFiles(alone);
            open.markOpen();
            watched = true;
            return ready;
        } finally {
            if (!watched) {
                open.close();
            }
        }
    }

    /** The file of a url; settings after a question mark are refused, as the store makes its own, and not shown, as one may be a key. */
    static Path fileOf(String url) {
        String file = url.substring(URL_PREFIX.length());
        if (file.isEmpty()
                || file.startsWith(":memory:")
                || file.startsWith(":resource:")
                || file.contains("?")
                || file.startsWith("file:")) {
            throw Failures.invalid(Text.format(
                    "the url %s names no file: give jdbc:sqlite:FILE, without settings, or the file itself as a path;"
                            + " for a store in memory use InMemoryBatchStore",
                    shown(url)));
        }
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            throw Failures.invalid(Text.format("the url %s names no file that can be here", shown(url)));
        }
    }

    private static String shown(String url) {
        int question = url.indexOf('?');
        return question < 0 ? Text.quote(url) : Text.quote(url.substring(0, question)) + " with settings";
    }

    private static Connection connect(Path database, Settings settings) throws SQLException {
        Properties properties = new Properties();
        if (settings.readOnly()) {
            properties.setProperty("open_mode", OPEN_READ_ONLY);
        }
        // As a URI, in which no character of a path means anything to the driver.
        return JdbcDriver.connect(
                JdbcDriver.SQLITE.load(), URL_PREFIX + database.toUri().toASCIIString(), properties);
    }

    /** SQLite is told that nobody changes the file: it reads no log and takes no lock. */
    static Connection connectAlone(Path database) throws SQLException {
        return JdbcDriver.connect(
                JdbcDriver.SQLITE.load(),
                URL_PREFIX + database.toUri().toASCIIString() + "?immutable=1&mode=ro",
                new Properties());
    }

    private static LentConnection prepared(LentConnection lent, boolean forWriting, boolean givenBack)
            throws SQLException {
        boolean ready = false;
        try (var statement = lent.connection().createStatement()) {
            for (String pragma : forWriting ? WRITER : READER) {
                if (givenBack) {
                    restoreLater(lent, pragma);
                }
                statement.execute(pragma);
            }
            try (var mode = statement.executeQuery("pragma journal_mode")) {
                if (!mode.next() || !mode.getString(1).equals("wal")) {
                    throw new SQLException(
                            "SQLite can't keep a write-ahead log there; put the file on a disk of this machine");
                }
            }
            if (forWriting) {
                // What a process that was killed has left in the log goes into the file, by writes and syncs of this
                // process.
                statement.execute("pragma wal_checkpoint(truncate)");
            }
            ready = true;
            return lent;
        } finally {
            if (!ready) {
                lent.close();
            }
        }
    }

    /** Not the mode of the journal, which is the file's. */
    private static void restoreLater(LentConnection lent, String pragma) throws SQLException {
        Matcher setting = SETTING.matcher(pragma);
        if (!setting.matches() || pragma.contains("journal_mode")) {
            return;
        }
        String name = "pragma " + setting.group(1);
        try (var statement = lent.connection().createStatement();
                var now = statement.executeQuery(name)) {
            long before = now.next() ? now.getLong(1) : 0;
            lent.atReturn(() -> {
                try (var restoring = lent.connection().createStatement()) {
                    restoring.execute(name + " = " + before);
                }
            });
        }
    }
}
