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

    private PageIds() {}

    static byte[] encode(List<String> ids) {
        Octets page = new Octets();
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
        return page.take();
    }

    /** The ids from one index to another; throws {@link Octets.CutException} where there are none. */
    static List<String> decode(byte[] page, int from, int below) {
        if (page.length == 0 || page[0] != FORM) {
            throw new IllegalStateException("a page of file ids has a form that this version does not know");
        }
        List<String> ids = new ArrayList<>(Math.max(0, Math.min(below - from, page.length)));
        Octets.Reader in = new Octets.Reader(page);
        in.one();
        byte[] id = NOTHING;
        for (int i = 0; i < below; i++) {
            int shared = in.upTo(id.length);
            id = Arrays.copyOf(id, shared + in.upTo(in.left()));
            in.fill(id, shared);
            if (i >= from) {
                ids.add(StoredText.decode(new String(id, StandardCharsets.UTF_8)));
            }
        }
        return ids;
    }
}
