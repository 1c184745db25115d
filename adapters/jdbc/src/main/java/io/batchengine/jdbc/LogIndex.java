package io.batchengine.jdbc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the index of a log, the file {@code -shm}, says of the log. SQLite writes it after each commit, and makes it new when the first
 * connection opens; a process that was killed leaves it as it was.
 *
 * @param frames how many frames the log had at its last commit
 * @param inFile how many of them are in the database too
 * @param salts those of the log
 */
record LogIndex(long frames, long inFile, long salts) {
    private static final int VERSION = 3_007_000;
    private static final int COPY = 48;
    private static final int IN_FILE = 2 * COPY;
    private static final int LENGTH = IN_FILE + 4;
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /**
     * Reads an index before the store's first connection opens. Empty where it says nothing that can be believed; and where this process
     * has it open, or may have it open: it would lose SQLite's locks on this file with the first channel that it closes.
     */
    static Optional<LogIndex> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || isOpenHere(file)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.allocate(LENGTH).order(ByteOrder.nativeOrder());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, bytes.position()) < 0) {
                    return Optional.empty();
                }
            }
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
        return of(bytes);
    }

    private static Optional<LogIndex> of(ByteBuffer bytes) {
        LogSum sum = new LogSum(ByteOrder.nativeOrder());
        sum.add(bytes, 0, 40);
        if (bytes.getInt(0) != VERSION
                || bytes.get(12) != 1
                || !bytes.slice(0, COPY).equals(bytes.slice(COPY, COPY))
                || !sum.is(bytes.getInt(40), bytes.getInt(44))) {
            return Optional.empty();
        }
        long salts = bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(32); // copied from the log as they are there
        return Optional.of(new LogIndex(bytes.getInt(16) & 0xffffffffL, bytes.getInt(IN_FILE) & 0xffffffffL, salts));
    }

    boolean isOf(LogFile log) {
        return log.hasHeader() && salts == log.salts();
    }

    private static boolean isOpenHere(Path file) throws IOException {
        if (!Files.isDirectory(OPEN_FILES)) {
            return true; // who knows
        }
        try (Stream<Path> open = Files.list(OPEN_FILES)) {
            return open.anyMatch(one -> leadsTo(one, file));
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
