package io.batchengine.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The ids of a page in one value. Neighbours in a sorted listing begin alike, so each id is written as how many bytes it shares with
 * the one before, how many follow, and those: {@code varint varint bytes}, behind one byte that tells the form.
 */
final class PageIds {
    private static final byte FORM = 1;
    private static final byte[] NOTHING = {};

    private byte[] out = new byte[1_024];
    private int size;

    private PageIds() {}

    static byte[] encode(List<String> ids) {
        PageIds page = new PageIds();
        page.put(FORM);
        byte[] before = NOTHING;
        for (String id : ids) {
            byte[] bytes = StoredText.encode(id).getBytes(StandardCharsets.UTF_8);
            int differs = Arrays.mismatch(before, bytes);
            int shared = differs < 0 ? bytes.length : differs;
            page.putNumber(shared);
            page.putNumber(bytes.length - shared);
            page.put(bytes, shared);
            before = bytes;
        }
        return Arrays.copyOf(page.out, page.size);
    }

    /** The ids from one index to another, or to the last. */
    static List<String> decode(byte[] page, int from, int below) {
        if (page.length == 0 || page[0] != FORM) {
            throw new IllegalStateException("a page of file ids has a form that this version does not know");
        }
        List<String> ids = new ArrayList<>(Math.max(0, Math.min(below - from, page.length)));
        Cursor in = new Cursor(page);
        byte[] id = NOTHING;
        for (int i = 0; i < below && in.at < page.length; i++) {
            int shared = in.number();
            int rest = in.number();
            byte[] next = Arrays.copyOf(id, shared + rest);
            System.arraycopy(page, in.at, next, shared, rest);
            in.at += rest;
            id = next;
            if (i >= from) {
                ids.add(StoredText.decode(new String(id, StandardCharsets.UTF_8)));
            }
        }
        return ids;
    }

    private void put(byte value) {
        ensure(1);
        out[size++] = value;
    }

    private void put(byte[] bytes, int from) {
        ensure(bytes.length - from);
        System.arraycopy(bytes, from, out, size, bytes.length - from);
        size += bytes.length - from;
    }

    private void putNumber(int number) {
        int rest = number;
        for (; rest > 0x7f; rest >>>= 7) {
            put((byte) (rest | 0x80));
        }
        put((byte) rest);
    }

    private void ensure(int more) {
        if (size + more > out.length) {
            out = Arrays.copyOf(out, Math.max(out.length * 2, size + more));
        }
    }

    private static final class Cursor {
        private final byte[] page;
        private int at = 1;

        Cursor(byte[] page) {
            this.page = page;
        }

        int number() {
            int number = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = page[at++];
                number |= (next & 0x7f) << shift;
                if (next >= 0) {
                    return number;
                }
            }
        }
    }
}
