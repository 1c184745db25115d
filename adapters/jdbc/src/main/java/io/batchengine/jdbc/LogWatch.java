package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether the log of an open store was cut or overwritten in place. SQLite continues where it believes the end to be, and leaves a hole
 * before it: what it acknowledges then is gone with the next crash, and what a checkpoint takes from the hole damages the file. A log is
 * emptied by programs that may do so too, but never written again without its header, and never cut while it has the same salts. Any
 * thread.
 */
final class LogWatch implements AutoCloseable {
    private static final int SALTS = 16;
    private static final int LOOKED_AT = SALTS + Long.BYTES;

    private final Path path;
    /** A channel would be closed by an interrupt of whoever asks. */
    private final RandomAccessFile file;

    @GuardedBy("this")
    private final byte[] header = new byte[LOOKED_AT];

    @GuardedBy("this")
    private long length;

    @GuardedBy("this")
    private long salts;

    private LogWatch(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /** Watches the log as it is now; null where there is none. SQLite puts no lock on it, so that closing this drops none. */
    static @Nullable LogWatch of(Path log) throws IOException {
        try {
            return new LogWatch(log, new RandomAccessFile(log.toFile(), "r"));
        } catch (FileNotFoundException none) {
            return null;
        }
    }

    /** What became of the log, for a sentence; null where nothing has. To be asked while no transaction of the process writes to it. */
    synchronized @Nullable String damage() throws IOException {
        long now = file.length();
        if (now == 0) {
            length = 0;
            salts = 0;
            return null;
        }
        if (now < LOOKED_AT) {
            return Text.quote(path.toString()) + " was cut short";
        }
        file.seek(0);
        file.readFully(header);
        ByteBuffer told = ByteBuffer.wrap(header);
        if (!LogFile.isMagic(told.getInt(0))) {
            return Text.quote(path.toString()) + " was emptied or overwritten";
        }
        long saltsNow = told.getLong(SALTS);
        if (saltsNow == salts && now < length) {
            return Text.quote(path.toString()) + " was cut short";
        }
        salts = saltsNow;
        length = now;
        return null;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
