package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the database file of an open store was cut in place. SQLite does not notice while the log says how long the file is, and
 * its next checkpoint makes it as long again, with a hole. The store never makes the file shorter. Another program may, by a
 * {@code VACUUM}: then the file's own header says the new length, and SQLite is asked for it. Any thread.
 */
final class MainFileWatch {
    /** The header may be ahead of the file for a moment, while another process makes a checkpoint. */
    private static final int ATTEMPTS = 5;

    private static final long BETWEEN_NANOS = Duration.ofMillis(10).toNanos();

    private final Path database;
    private final MainFile.Reader alone;

    @GuardedBy("this")
    private long length;

    /**
     * Watches a file from now on.
     *
     * @param database the file
     * @param alone reads it without its log
     */
    MainFileWatch(Path database, MainFile.Reader alone) throws IOException {
        this.database = database;
        this.alone = alone;
        this.length = Files.size(database);
    }

    /** Whether what is there now is shorter than the file was, or nothing is; it may be another file. One call of the system. */
    synchronized boolean isShorter() throws IOException {
        try {
            return Files.size(database) < length;
        } catch (NoSuchFileException | NotDirectoryException removed) {
            return true;
        }
    }

    /**
     * What became of the file, for a sentence; null where nothing has. Asks nothing more of the system unless it is shorter than before.
     *
     * @param seen the length that it was just seen to have
     */
    synchronized @Nullable String damage(long seen) throws IOException {
        if (seen < length && isCut()) {
            return Text.quote(database.toString()) + " was cut short";
        }
        length = seen;
        return null;
    }

    private boolean isCut() throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                long told = alone.read().length();
                long now = Files.size(database);
                if (now > 0 && now >= told) {
                    return false;
                }
                if (now == 0) {
                    return true;
                }
            } catch (SQLException tooShort) {
                // As SQLite refuses a file that is shorter than its header says.
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
        }
        return true;
    }
}
