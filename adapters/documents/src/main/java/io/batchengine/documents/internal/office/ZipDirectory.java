package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Looks at the size of a ZIP file's directory before anything reads it: the JDK holds it whole, with a table of its entries, however
 * many a file claims to have.
 */
final class ZipDirectory {
    /** The directory of 20,000 parts has less, unless their names have 350 letters. */
    private static final long MAX_BYTES = 8L << 20;

    private static final long MAX_COUNT = 0xffff;
    private static final int MAX_COMMENT = 0xffff;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_BYTES = 56;
    private static final long UNSIGNED_INT = 0xffffffffL;

    private ZipDirectory() {}

    /** Ends the reading if a record that may end the directory, whichever the JDK takes, tells of too large a one. */
    static void check(Spool document, ReadingGuard guard) throws IOException {
        try (FileChannel file = FileChannel.open(document.file())) {
            long size = file.size();
            long from = Math.max(0, size - MAX_COMMENT - END_BYTES - LOCATOR_BYTES);
            ByteBuffer tail = read(file, from, (int) (size - from));
            for (int i = 0; i + LOCATOR_BYTES <= tail.limit(); i++) {
                int mark = tail.getInt(i);
                if (mark == END && i + END_BYTES <= tail.limit()) {
                    // One that claims to be larger than what precedes it is damaged, or none.
                    long bytes = tail.getInt(i + 12) & UNSIGNED_INT;
                    require(bytes > from + i ? 0 : bytes, 0, guard);
                } else if (mark == LOCATOR) {
                    checkLarge(file, tail.getLong(i + 8), guard);
                }
            }
        }
    }

    private static void checkLarge(FileChannel file, long at, ReadingGuard guard) throws IOException {
        if (at >= 0 && at <= file.size() - LARGE_END_BYTES) {
            ByteBuffer end = read(file, at, LARGE_END_BYTES);
            if (end.getInt(0) == LARGE_END) {
                require(end.getLong(40), end.getLong(32), guard);
            }
        }
    }

    private static void require(long bytes, long count, ReadingGuard guard) {
        if (bytes < 0 || bytes > MAX_BYTES || count < 0 || count > MAX_COUNT) {
            throw guard.fail(Text.format(
                    "the ZIP file's directory is larger than the limit of %,d bytes or %,d entries",
                    MAX_BYTES, MAX_COUNT));
        }
    }

    private static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && file.read(bytes, at + bytes.position()) >= 0) {
            // once is enough for most
        }
        return bytes.flip().order(ByteOrder.LITTLE_ENDIAN);
    }
}
