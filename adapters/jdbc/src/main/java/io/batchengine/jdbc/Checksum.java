package io.batchengine.jdbc;

import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a row: the CRC-32C of its values in their order. Each value goes in with its kind, and with its length where it has one,
 * so that no two lists of values look alike. It is part of the stored form: a later version must compute the same.
 *
 * <p>For one thread, and used again for the next row: it allocates nothing.
 */
final class Checksum {
    private static final byte NULL = 0;
    private static final byte NUMBER = 1;
    private static final byte TEXT = 2;
    private static final byte BYTES = 3;
    private static final int BUFFER = 256;
    private static final int LARGEST_PIECE = 16;

    private final CRC32C crc = new CRC32C();
    private final byte[] buffer = new byte[BUFFER];
    private int size;

    /** Begins the next row. */
    Checksum begin() {
        crc.reset();
        size = 0;
        return this;
    }

    Checksum add(long number) {
        ensure();
        buffer[size++] = NUMBER;
        put(number, Long.BYTES);
        return this;
    }

    Checksum addOrNull(@Nullable Long number) {
        return number == null ? addNull() : add((long) number);
    }

    /** Text as it is stored. */
    Checksum addText(@Nullable String text) {
        if (text == null) {
            return addNull();
        }
        ensure();
        buffer[size++] = TEXT;
        put(text.length(), Integer.BYTES);
        for (int i = 0; i < text.length(); i++) {
            ensure();
            put(text.charAt(i), Character.BYTES);
        }
        return this;
    }

    Checksum addBytes(byte[] bytes) {
        ensure();
        buffer[size++] = BYTES;
        put(bytes.length, Integer.BYTES);
        flush();
        crc.update(bytes, 0, bytes.length);
        return this;
    }

    Checksum addNull() {
        ensure();
        buffer[size++] = NULL;
        return this;
    }

    int value() {
        flush();
        return (int) crc.getValue();
    }

    /** The lowest byte first. */
    private void put(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            buffer[size++] = (byte) (value >>> (8 * i));
        }
    }

    private void ensure() {
        if (size > BUFFER - LARGEST_PIECE) {
            flush();
        }
    }

    private void flush() {
        crc.update(buffer, 0, size);
        size = 0;
    }
}
