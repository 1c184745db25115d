package io.batchengine.bundled;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A sorted run in a temporary file. On Unix the file has no name any more once it is open, so that not even a killed process
 * leaves it behind.
 */
final class SpillFile implements Cursor {
    private static final int WRITE_BUFFER = 1 << 16;

    private final SeekableByteChannel channel;
    private final DataInputStream in;
    private long left;

    private SpillFile(SeekableByteChannel channel, long count) throws IOException {
        this.channel = channel;
        this.left = count;
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel.position(0))));
    }

    /** Writes all that a cursor gives, and closes it. */
    static SpillFile write(Cursor sorted, @Nullable Path directory) throws ClosedByInterruptException {
        try (sorted) {
            Path file = directory == null
                    ? Files.createTempFile("batch-listing-", ".run")
                    : Files.createTempFile(directory, "batch-listing-", ".run");
            SeekableByteChannel channel = Files.newByteChannel(file, READ, WRITE, DELETE_ON_CLOSE);
            try {
                return new SpillFile(channel, copy(sorted, channel));
            } catch (Throwable e) {
                channel.close();
                throw e;
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            Object place = directory == null ? System.getProperty("java.io.tmpdir") : directory;
            throw BatchEngineException.of(
                    ErrorCode.LISTING_FAILED,
                    Text.format(
                            "sorting a listing needs room for temporary files in %s, and failed: %s; give its sort buffer another directory",
                            Text.quote(String.valueOf(place)), Text.describe(e)),
                    e);
        }
    }

    private static long copy(Cursor sorted, SeekableByteChannel channel) throws IOException {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), WRITE_BUFFER));
        long count = 0;
        for (String text = sorted.next(); text != null; text = sorted.next()) {
            out.writeUTF(text); // takes unpaired surrogates too, and 64 KiB at the most
            count++;
        }
        out.flush();
        return count;
    }

    @Override
    public @Nullable String next() throws IOException {
        if (left == 0) {
            return null;
        }
        left--;
        return in.readUTF();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
