package io.batchengine.jdbc;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.batchengine.jdbc.StoreMark.State;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Copies a SQLite store into one new file, while others read and write it: all that was committed when the copy began is in it. */
final class SqliteBackup {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteBackup.class);

    private final String store;
    private final Path target;
    private final StoreMarks marks;

    private SqliteBackup(String store, Path target, StoreMarks marks) {
        this.store = store;
        this.target = target;
        this.marks = marks;
    }

    /**
     * Makes a copy.
     *
     * @param store its name, for messages
     * @param source a connection to it that no call uses, and that refuses no write
     */
    static void make(String store, Connection source, Path target, StoreMarks marks) {
        Path real = SqliteFile.realPath(target, false);
        requireFree(real);
        new SqliteBackup(store, real, marks).make(source);
    }

    private static void requireFree(Path target) {
        StoreFiles files = new StoreFiles(target);
        for (Path one : List.of(target, files.log(), files.index(), files.journal())) {
            if (Files.exists(one, NOFOLLOW_LINKS)) {
                throw exists(one);
            }
        }
    }

    private static BatchEngineException exists(Path file) {
        return Failures.invalid(Text.format(
                "the file %s exists already, and a backup overwrites nothing: give the name of a new file",
                Text.quote(file.toString())));
    }

    private void make(Connection source) {
        Path copy = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createFile(copy, SqliteFile.ofOwner(copy));
            fill(source, copy);
            markClosed(copy);
            force(copy);
            publish(copy);
        } catch (SQLException failure) {
            throw Failures.isDamage(failure) ? Failures.damaged(store, failure) : failed(failure);
        } catch (IOException failure) {
            throw failed(failure);
        } finally {
            delete(copy);
        }
    }

    private static void fill(Connection source, Path copy) throws SQLException {
        try (var vacuum = source.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, copy.toUri().toASCIIString());
            vacuum.execute();
        }
    }

    /** The log of the original is not that of the copy, which is as a store that was closed. */
    private void markClosed(Path copy) throws SQLException {
        Session session = new Session(JdbcDriver.connect(
                JdbcDriver.SQLITE.load(),
                SqliteOpening.URL_PREFIX + copy.toUri().toASCIIString(),
                new Properties()));
        try {
            session.execute("pragma journal_mode = wal"); // as readers expect it
            session.execute("pragma synchronous = full");
            marks.write(session, State.CLOSED);
        } finally {
            session.end();
        }
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Gives the whole copy its name: by a second name, which never takes the place of another file. */
    private void publish(Path copy) throws IOException {
        try {
            Files.createLink(target, copy);
        } catch (FileAlreadyExistsException e) {
            throw exists(target);
        } catch (UnsupportedOperationException | IOException noLinks) {
            LOG.trace("a file system without hard links", noLinks);
            try {
                Files.move(copy, target);
            } catch (FileAlreadyExistsException e) {
                throw exists(target);
            }
        }
        Path folder = target.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException unsupported) {
                LOG.trace("a system that forces no folders", unsupported);
            }
        }
    }

    private BatchEngineException failed(Exception failure) {
        return Failures.unavailable(
                Text.format(
                        "%s can't be copied to %s; look for room on both disks and for the rights of the folder, and try again (%s)",
                        store, Text.quote(target.toString()), Text.describe(failure)),
                failure);
    }

    private static void delete(Path copy) {
        StoreFiles files = new StoreFiles(copy);
        for (Path one : List.of(copy, files.log(), files.index(), files.journal())) {
            try {
                Files.deleteIfExists(one);
            } catch (IOException left) {
                LOG.warn("a part of a copy can be removed: {} ({})", Text.quote(one.toString()), Text.describe(left));
            }
        }
    }
}
