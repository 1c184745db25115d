package io.batchengine.jdbc;

import java.util.Arrays;

/** Bytes that grow, with whole numbers in as few of them as they need: seven bits each, the lowest first. */
final class Octets {
    private static final int FIRST_SIZE = 64;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int size;

    void put(byte value) {
        ensure(1);
        bytes[size++] = value;
    }

    void put(byte[] from, int offset) {
        int length = from.length - offset;
        ensure(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    /** A number that is mostly small and never negative; any other is read back too, and takes ten bytes. */
    void putNumber(long number) {
        long rest = number;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            put((byte) (rest | 0x80));
        }
        put((byte) rest);
    }

    /** A number that may be negative as well. */
    void putSigned(long number) {
        putNumber((number << 1) ^ (number >> 63));
    }

    /** What was put since the last call. */
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    /** The bytes are not what {@link Octets} writes: damaged. */
    static final class CutException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        CutException() {
            super("the bytes are cut, or are none of this form");
        }
    }

    /** Reads them in the order in which they were put; throws {@link CutException} where there can't be such. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        byte one() {
            if (at >= bytes.length) {
                throw new CutException();
            }
            return bytes[at++];
        }

        /** Copies the next ones into an array, from an offset to its end. */
        void fill(byte[] to, int offset) {
            int length = to.length - offset;
            if (length > left()) {
                throw new CutException();
            }
            System.arraycopy(bytes, at, to, offset, length);
            at += length;
        }

        long number() {
            long number = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = one();
                number |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return number;
                }
            }
            throw new CutException();
        }

        /** A number that tells of so much at the most. */
        int upTo(int most) {
            long number = number();
            if (number < 0 || number > most) {
                throw new CutException();
            }
            return (int) number;
        }

        int left() {
            return bytes.length - at;
        }

        long signed() {
            long folded = number();
            return (folded >>> 1) ^ -(folded & 1);
        }
    }
}
