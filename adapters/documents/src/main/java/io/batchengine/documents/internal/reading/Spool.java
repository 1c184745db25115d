package io.batchengine.documents.internal.reading;

import io.batchengine.documents.DocumentException;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A document's bytes, read once from their source: small ones in memory, others in a temporary file that is removed on close.
 */
public final class Spool implements AutoCloseable {
    private static final int IN_MEMORY = 1 << 20;
    private static final int CHUNK = 1 << 16;

    private final ReadingGuard guard;
    private final byte[] head;
    private final long size;
    private @Nullable Path file;

    private Spool(ReadingGuard guard, byte[] head, long size, @Nullable Path file) {
        this.guard = guard;
        this.head = head;
        this.size = size;
        this.file = file;
    }

    /**
     * Reads a source file.
     *
     * @param source the file
     * @param guard bounds its size
     * @return its bytes, to be closed
     * @throws DocumentException if it can't be read
     */
    public static Spool read(SourceFile source, ReadingGuard guard) throws DocumentException {
        try (InputStream in = source.open()) {
            return read(in, guard);
        } catch (IOException e) {
            throw DocumentException.unreadable("the file can't be read: " + Text.describe(e), e);
        }
    }

    private static Spool read(InputStream in, ReadingGuard guard) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        Path file = null;
        OutputStream out = memory;
        long size = 0;
        boolean done = false;
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                guard.checkNow();
                size += n;
                if (size > guard.limits().maxInputBytes()) {
                    throw guard.fail(Text.format(
                            "the file is larger than the limit of %,d bytes",
                            guard.limits().maxInputBytes()));
                }
                if (file == null && size > IN_MEMORY) {
                    file = temporaryFile();
                    out = Files.newOutputStream(file);
                    memory.writeTo(out);
                }
                out.write(chunk, 0, n);
            }
            out.close();
            byte[] head = memory.toByteArray();
            done = true;
            return new Spool(guard, head, size, file);
        } finally {
            if (!done) {
                out.close();
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** How many bytes there are. */
    public long size() {
        return size;
    }

    /** At most so many bytes from the beginning. */
    public byte[] head(int length) {
        return Arrays.copyOf(head, Math.min(length, head.length));
    }

    /** At most so many bytes from the end. */
    public byte[] tail(int length) throws IOException {
        try (InputStream in = open()) {
            in.skipNBytes(Math.max(0, size - length));
            return in.readAllBytes();
        }
    }

    /** All bytes, for kinds of document whose text is about as long as their bytes. */
    public byte[] bytes() throws IOException {
        if (size > 4L * guard.limits().maxOutputCharacters()) {
            throw guard.fail(Text.format(
                    "the document's text is longer than the limit of %,d characters",
                    guard.limits().maxOutputCharacters()));
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** A new stream from the beginning, with mark and reset; its reads are watched. */
    public InputStream open() throws IOException {
        InputStream in = file == null ? new ByteArrayInputStream(head) : Files.newInputStream(file);
        return new BufferedInputStream(new GuardedInputStream(in, guard));
    }

    /** A file of the default file system that holds the bytes until this is closed. */
    public Path file() throws IOException {
        Path existing = file;
        if (existing == null) {
            existing = temporaryFile();
            file = existing;
            Files.write(existing, head);
        }
        return existing;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }

    private static Path temporaryFile() throws IOException {
        return Files.createTempFile("batch-engine-", ".tmp");
    }
}
