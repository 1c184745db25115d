package io.batchengine.jdbc;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Rows in the binary form of PostgreSQL's COPY: each column is its length in bytes and its value, big-endian. */
final class CopyRows {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final short END = -1;
    private static final int NULL = -1;

    private ByteBuffer out;

    CopyRows(int capacity) {
        out = ByteBuffer.allocate(capacity);
        room(SIGNATURE.length + 2 * Integer.BYTES)
                .put(SIGNATURE)
                .putInt(0) // flags
                .putInt(0); // length of what follows the header
    }

    /** Begins a row. */
    CopyRows row(int columns) {
        room(Short.BYTES).putShort((short) columns);
        return this;
    }

    /** A bigint. */
    CopyRows number(long value) {
        room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        return this;
    }

    /** An integer. */
    CopyRows integer(int value) {
        room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(value);
        return this;
    }

    /** A smallint. */
    CopyRows small(int value) {
        room(Integer.BYTES + Short.BYTES).putInt(Short.BYTES).putShort((short) value);
        return this;
    }

    /** A text. */
    CopyRows text(@Nullable String value) {
        if (value == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            byte[] bytes = StoredText.encode(value).getBytes(StandardCharsets.UTF_8);
            room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
        }
        return this;
    }

    /** All of it; no row may follow. */
    InputStream end() {
        room(Short.BYTES).putShort(END);
        return new ByteArrayInputStream(out.array(), 0, out.position());
    }

    private ByteBuffer room(int bytes) {
        if (out.remaining() < bytes) {
            out = ByteBuffer.allocate(Math.max(out.capacity() * 2, out.position() + bytes))
                    .put(out.flip());
        }
        return out;
    }
}
