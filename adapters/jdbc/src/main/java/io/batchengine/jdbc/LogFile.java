package io.batchengine.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A write-ahead log of SQLite, read as SQLite itself reads it after a crash: up to the last commit of which every frame is whole. SQLite puts
 * no lock on this file, so that it may be read and closed at any time.
 */
final class LogFile {
    /** A log that is not there, or holds not a single byte. */
    static final LogFile MISSING = new LogFile(new byte[0], 0, List.of(), LogPages.NONE);

    static final int HEADER = 32;
    private static final int FRAME_HEADER = 24;
    private static final int MAGIC = 0x377f0682;
    private static final int VERSION = 3_007_000;
    private static final int LARGEST_PAGE = 65_536;
    private static final int SMALLEST_PAGE = 512;

    private final byte[] header;
    private final long frames;
    private final List<StoreMark> marks;
    private final LogPages pages;

    private LogFile(byte[] header, long frames, List<StoreMark> marks, LogPages pages) {
        this.header = header;
        this.frames = frames;
        this.marks = marks;
        this.pages = pages;
    }

    /** Whether a log begins with such a number. */
    static boolean isMagic(int number) {
        return (number & ~1) == MAGIC;
    }

    boolean isMissing() {
        return header.length == 0;
    }

    /** How many frames SQLite will use of it. */
    long frames() {
        return frames;
    }

    /** The pages that were committed to it. */
    LogPages pages() {
        return pages;
    }

    /** The marks that were committed to it, in their order. */
    List<StoreMark> marks() {
        return marks;
    }

    /** Whether it is long enough to say which log it is. */
    boolean hasHeader() {
        return header.length >= HEADER;
    }

    /** Whether it begins as each log does. */
    boolean isLog() {
        return hasHeader() && isMagic(ByteBuffer.wrap(header).getInt(0));
    }

    /** What SQLite draws for each log; each frame repeats it. Only of one that has a header. */
    long salts() {
        return ByteBuffer.wrap(header).getLong(16);
    }

    /** Whether the file at a path still begins as this one did: a log that is written from its begin again has another header. */
    boolean isStillAt(Path file) throws IOException {
        try (FileChannel channel = open(file)) {
            return Arrays.equals(header, headerOf(channel));
        } catch (NoSuchFileException gone) {
            return isMissing();
        }
    }

    /**
     * Reads a log.
     *
     * @param markPage the page of the database that holds the mark; 0 where it is not known
     */
    static LogFile read(Path file, int markPage) throws IOException {
        try (FileChannel channel = open(file)) {
            byte[] header = headerOf(channel);
            return header.length == 0 ? MISSING : read(channel, header, markPage);
        } catch (NoSuchFileException gone) {
            return MISSING;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static byte[] headerOf(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER);
        return Arrays.copyOf(buffer.array(), readFully(channel, buffer, 0));
    }

    private static LogFile read(FileChannel channel, byte[] header, int markPage) throws IOException {
        LogFile nothing = new LogFile(header, 0, List.of(), LogPages.NONE);
        if (header.length < HEADER) {
            return nothing;
        }
        ByteBuffer told = ByteBuffer.wrap(header);
        int magic = told.getInt(0);
        int page = told.getInt(8);
        if (!isMagic(magic)
                || told.getInt(4) != VERSION
                || page < SMALLEST_PAGE
                || page > LARGEST_PAGE
                || Integer.bitCount(page) != 1) {
            return nothing;
        }
        LogSum sum = new LogSum((magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        sum.add(told, 0, 24);
        return sum.is(told.getInt(24), told.getInt(28)) ? frames(channel, header, page, markPage, sum) : nothing;
    }

    private static LogFile frames(FileChannel channel, byte[] header, int page, int markPage, LogSum sum)
            throws IOException {
        byte[] salts = Arrays.copyOfRange(header, 16, 24);
        ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER + page);
        List<StoreMark> marks = new ArrayList<>();
        List<StoreMark> uncommitted = new ArrayList<>();
        LogPages pages = new LogPages(page);
        long committed = 0;
        long position = HEADER;
        for (long number = 1; readFully(channel, frame, position) == frame.capacity(); number++) {
            if (frame.getInt(0) == 0 || !Arrays.equals(frame.array(), 8, 16, salts, 0, 8)) {
                break;
            }
            sum.add(frame, 0, 8);
            sum.add(frame, FRAME_HEADER, page);
            if (!sum.is(frame.getInt(16), frame.getInt(20))) {
                break;
            }
            pages.add(frame.getInt(0));
            if (frame.getInt(0) == markPage) {
                MarkPage.mark(ByteBuffer.wrap(frame.array(), FRAME_HEADER, page).slice())
                        .ifPresent(uncommitted::add);
            }
            if (frame.getInt(4) != 0) { // the last of a transaction
                committed = number;
                pages.commit(frame.getInt(4));
                marks.addAll(uncommitted);
                uncommitted.clear();
            }
            position += frame.capacity();
        }
        return new LogFile(header, committed, List.copyOf(marks), pages);
    }

    private static int readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                break;
            }
        }
        return buffer.position();
    }
}
