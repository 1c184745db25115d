package io.batchengine.benchmarks.rows;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The limit of the disk: the columns of the bare row appended to a file, and an {@code fdatasync} a commit. Never read. */
public final class JournalRows implements RowSink {
    private static final int FIXED_BYTES = Long.BYTES + Short.BYTES + Byte.BYTES + Long.BYTES + Integer.BYTES;
    private static final int MOST_BYTES = 100; // of a row

    private final Path file;
    private FileChannel channel;
    private ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);

    /**
     * A new file.
     *
     * @param folder where it is made
     * @throws IOException if it can't be made
     */
    public JournalRows(Path folder) throws IOException {
        file = folder.resolve("journal");
        channel = open();
    }

    @Override
    public void create(int batches) throws IOException {
        for (int batch = 0; batch < batches; batch++) {
            bytes.clear().putInt(batch).putLong(CREATED_US + batch);
            append();
        }
    }

    @Override
    public void write(RowBlock rows) throws IOException {
        if (bytes.capacity() < rows.size() * MOST_BYTES) {
            bytes = ByteBuffer.allocateDirect(rows.size() * MOST_BYTES);
        }
        bytes.clear();
        for (int row = 0; row < rows.size(); row++) {
            byte[] id = rows.fileIds[row].getBytes(StandardCharsets.UTF_8);
            if (FIXED_BYTES + id.length > MOST_BYTES) {
                throw new IOException(Text.format("the file id %s is too long", rows.fileIds[row]));
            }
            bytes.putLong(rows.ordinals[row])
                    .putShort((short) id.length)
                    .put(id)
                    .put(rows.outcomes[row]);
            bytes.putLong(rows.finishedUs[row]).putInt(rows.durationsMs[row]);
        }
        append();
    }

    @Override
    public void clear() throws IOException {
        channel.close();
        channel = open();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void append() throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(false);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }
}
