package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The lock by which one process has a SQLite file to itself: the operating system's, on a file beside it, so that it ends with its
 * process however that ends.
 *
 * <p>On most systems a process loses such a lock when it closes any channel of the file, not only the one that holds it. So a file that
 * this process has locked is not opened again: {@link OpenFiles} tells.
 */
final class SqliteLock implements AutoCloseable {
    /**
     * Channels that met a lock of this process which {@link OpenFiles} does not tell of, as its properties were replaced. Closing one
     * would end that lock, so it stays open, and the next attempt uses it.
     */
    @GuardedBy("MET")
    private static final Map<Path, FileChannel> MET = new HashMap<>();

    private static final Set<OpenOption> OPENING =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private static final int ATTEMPTS = 5;
    private static final long PAUSE_NANOS = 20_000_000;

    private final Path database;
    private final FileChannel channel;

    private SqliteLock(Path database, FileChannel channel) {
        this.database = database;
        this.channel = channel;
    }

    /** Takes the lock of a database by its real path, or refuses. */
    static SqliteLock take(Path database) throws IOException {
        if (!OpenFiles.enter(database)) {
            throw inUse(database, "this process");
        }
        boolean locked = false;
        try {
            SqliteLock lock = new SqliteLock(database, lock(database));
            locked = true;
            return lock;
        } finally {
            if (!locked) {
                OpenFiles.leave(database);
            }
        }
    }

    private static FileChannel lock(Path database) throws IOException {
        synchronized (MET) {
            FileChannel met = MET.remove(database);
            FileChannel channel = met != null ? met : open(database);
            boolean keep = false;
            try {
                if (!isLocked(channel)) {
                    throw inUse(database, "another process");
                }
                keep = true;
                return channel;
            } catch (OverlappingFileLockException e) {
                keep = true;
                MET.put(database, channel);
                throw inUse(database, "this process");
            } finally {
                if (!keep) {
                    channel.close();
                }
            }
        }
    }

    /** A process that only reads takes the lock for a moment, to see whether anybody writes. */
    private static boolean isLocked(FileChannel channel) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (channel.tryLock() != null) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return false;
    }

    /** Whether nobody has the database open to write, as far as can be found out. */
    static boolean isFree(Path database) {
        Path file = new StoreFiles(database).lock();
        if (OpenFiles.isOpen(database)) {
            return false;
        }
        synchronized (MET) {
            if (MET.containsKey(database)) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            } catch (IOException | OverlappingFileLockException unknown) {
                return false;
            }
        }
    }

    private static FileChannel open(Path database) throws IOException {
        Path file = new StoreFiles(database).lock();
        return FileChannel.open(file, OPENING, SqliteFile.ofOwner(file));
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
        if (!channel.isOpen()) {
            return;
        }
        try {
            channel.close();
        } catch (IOException e) {
            // The lock ends with the channel, which is closed whatever this says.
        }
        OpenFiles.leave(database);
    }
}
