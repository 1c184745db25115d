package io.batchengine.documents.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tika.detect.EncodingDetector;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.html.HtmlEncodingDetector;
import org.apache.tika.parser.txt.Icu4jEncodingDetector;
import org.apache.tika.parser.txt.UniversalEncodingDetector;
import org.jspecify.annotations.Nullable;

/**
 * Tells the charset of text: by a byte order mark, by what HTML declares, then UTF-16 if every other byte is zero, then UTF-8 if
 * the bytes are valid in it (other charsets hardly ever are), then by statistics.
 */
final class Charsets implements EncodingDetector {
    private static final long serialVersionUID = 1L;
    private static final int LOOKED_AT = 1 << 18;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final boolean html;

    Charsets(boolean html) {
        this.html = html;
    }

    @Override
    public Charset detect(InputStream in, Metadata metadata) throws IOException {
        in.mark(LOOKED_AT);
        byte[] head = in.readNBytes(LOOKED_AT);
        in.reset();
        return detect(head);
    }

    Charset detect(byte[] head) throws IOException {
        Charset charset = guess(head);
        // What is declared or taken for Latin 1 is Windows' extension of it, as the HTML standard rules too.
        return charset.equals(StandardCharsets.ISO_8859_1) ? WINDOWS : charset;
    }

    private Charset guess(byte[] head) throws IOException {
        Charset marked = byteOrderMark(head);
        if (marked != null) {
            return marked;
        }
        if (html) {
            Charset declared = ask(new HtmlEncodingDetector(), head);
            if (declared != null) {
                return declared;
            }
        }
        Charset wide = unmarkedWide(head);
        if (wide != null) {
            return wide;
        }
        if (isUtf8(head)) {
            return StandardCharsets.UTF_8;
        }
        for (EncodingDetector detector : List.of(new UniversalEncodingDetector(), new Icu4jEncodingDetector())) {
            Charset guessed = ask(detector, head);
            if (guessed != null && !guessed.equals(StandardCharsets.UTF_8)) {
                return guessed;
            }
        }
        return WINDOWS;
    }

    private static @Nullable Charset ask(EncodingDetector detector, byte[] head) throws IOException {
        try (TikaInputStream in = TikaInputStream.get(head)) {
            return detector.detect(in, new Metadata());
        }
    }

    private static @Nullable Charset byteOrderMark(byte[] head) {
        int first = head.length > 0 ? head[0] & 0xff : -1;
        int second = head.length > 1 ? head[1] & 0xff : -1;
        int third = head.length > 2 ? head[2] & 0xff : -1;
        if (first == 0xef && second == 0xbb && third == 0xbf) {
            return StandardCharsets.UTF_8;
        }
        if (first == 0xfe && second == 0xff) {
            return StandardCharsets.UTF_16BE;
        }
        return first == 0xff && second == 0xfe ? StandardCharsets.UTF_16LE : null;
    }

    /** UTF-16 without a mark: in what is mostly Latin, every other byte is zero. */
    private static @Nullable Charset unmarkedWide(byte[] head) {
        int[] zeros = new int[2];
        for (int i = 0; i < head.length; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        int most = Math.max(zeros[0], zeros[1]);
        if (most < 2 || most * 4 < head.length || Math.min(zeros[0], zeros[1]) * 20 > most) {
            return null;
        }
        return zeros[1] == most ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }

    /** Whether the bytes are UTF-8, the last character perhaps cut. */
    private static boolean isUtf8(byte[] head) {
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(head), CharBuffer.allocate(head.length + 1), false);
        return result.isUnderflow();
    }
}
