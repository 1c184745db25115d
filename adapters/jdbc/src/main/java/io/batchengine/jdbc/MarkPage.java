package io.batchengine.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The page of a SQLite database that holds the few facts of a store, read without SQLite: a leaf of a table without row ids. */
final class MarkPage {
    private static final int LEAF = 10;
    private static final int HEADER = 8;

    private final ByteBuffer page;
    private int position;

    private MarkPage(ByteBuffer page) {
        this.page = page;
    }

    /** The mark on a page; empty where there is none, or the page is another one. */
    static Optional<StoreMark> mark(ByteBuffer page) {
        try {
            return page.get(0) == LEAF ? new MarkPage(page).find() : Optional.empty();
        } catch (IndexOutOfBoundsException otherPage) {
            return Optional.empty();
        }
    }

    private Optional<StoreMark> find() {
        int cells = page.getShort(3) & 0xffff;
        for (int cell = 0; cell < cells; cell++) {
            position = page.getShort(HEADER + 2 * cell) & 0xffff;
            long unusedLength = number();
            int record = position;
            int key = record + (int) number(); // the header tells its own length
            int keyLength = textLength(number());
            int valueLength = textLength(number());
            if (text(key, keyLength).equals(StoreMark.KEY)) {
                return StoreMark.parse(text(key + keyLength, valueLength));
            }
        }
        return Optional.empty();
    }

    private static int textLength(long type) {
        return type < 13 || type % 2 == 0 ? 0 : (int) ((type - 13) / 2);
    }

    private String text(int from, int length) {
        if (length < 0 || length > page.capacity() - from) {
            throw new IndexOutOfBoundsException(from);
        }
        byte[] bytes = new byte[length];
        page.get(from, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A number of variable length, of which no more than four bytes are of use here. */
    private long number() {
        long value = 0;
        for (int i = 0; i < 4; i++) {
            byte next = page.get(position++);
            value = value << 7 | (next & 0x7f);
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException(position);
    }
}
