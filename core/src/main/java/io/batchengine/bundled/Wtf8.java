package io.batchengine.bundled;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * UTF-8 that also takes unpaired surrogates, as three bytes each (WTF-8): file systems whose names are Java or Windows
 * strings may hold them, and two such names must stay two.
 */
final class Wtf8 {
    private Wtf8() {}

    static byte[] encode(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.write(0xe0 | c >> 12);
                out.write(0x80 | (c >> 6 & 0x3f));
                out.write(0x80 | (c & 0x3f));
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    /** The text that {@link #encode} makes these bytes of, or null where there is none. */
    static @Nullable String decode(byte[] bytes) {
        StringBuilder out = new StringBuilder(bytes.length);
        try {
            int start = 0;
            for (int i = 0; i + 2 < bytes.length; i++) {
                if (bytes[i] == (byte) 0xed && (bytes[i + 1] & 0xe0) == 0xa0 && (bytes[i + 2] & 0xc0) == 0x80) {
                    out.append(strict(bytes, start, i))
                            .append((char) (0xd000 | (bytes[i + 1] & 0x3f) << 6 | (bytes[i + 2] & 0x3f)));
                    i += 2;
                    start = i + 1;
                }
            }
            out.append(strict(bytes, start, bytes.length));
        } catch (CharacterCodingException e) {
            return null;
        }
        String text = out.toString();
        // Two halves of a pair, three bytes each, are another spelling of a pair, and no name's own.
        return Arrays.equals(encode(text), bytes) ? text : null;
    }

    /**
     * Any bytes as text, no two the same: UTF-8, and each byte that is none as an unpaired surrogate U+DC80 to U+DCFF.
     */
    static String decodeAny(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = result.length(); i > 0; i--) {
                out.put((char) (Character.MIN_LOW_SURROGATE | (in.get() & 0xff)));
            }
            result = decoder.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    private static String strict(byte[] bytes, int from, int to) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, from, to - from))
                .toString();
    }
}
