package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The lock by which one process has a SQLite file to itself: the operating system's, on a file beside it, so that it ends with its
 * process however that ends.
 *
 * <p>On most systems a process loses such a lock when it closes any channel of the file, not only the one that holds it. So a file that
 * this process has locked is not opened again.
 */
final class SqliteLock implements AutoCloseable {
    /** Databases that this process has open; a channel that met a lock of another class loader's stays here, open, for ever. */
    private static final Map<Path, FileChannel> HELD = new HashMap<>();

    private final Path database;

    private SqliteLock(Path database) {
        this.database = database;
    }

    /** Takes the lock of a database by its real path, or refuses. */
    static SqliteLock take(Path database) throws IOException {
        synchronized (HELD) {
            if (HELD.containsKey(database)) {
                throw inUse(database, "this process");
            }
            HELD.put(database, lock(database));
            return new SqliteLock(database);
        }
    }

    private static FileChannel lock(Path database) throws IOException {
        Path file = database.resolveSibling(database.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            HELD.put(database, channel);
            throw inUse(database, "this process");
        } finally {
            if (!locked && !HELD.containsKey(database)) {
                channel.close();
            }
        }
        if (!locked) {
            throw inUse(database, "another process");
        }
        return channel;
    }

    private static BatchEngineException inUse(Path database, String who) {
        return BatchEngineException.of(
                ErrorCode.STORE_IN_USE,
                Text.format(
                        "the store %s is open in %s: close it there, or open it here read-only; engines that are to share a store need PostgreSQL",
                        Text.quote(database.toString()), who));
    }

    @Override
    public void close() {
        synchronized (HELD) {
            FileChannel channel = HELD.remove(database);
            if (channel != null) {
                try {
                    channel.close();
                } catch (IOException e) {
                    // The lock ends with the channel, which is closed whatever this says.
                }
            }
        }
    }
}
