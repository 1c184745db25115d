package io.batchengine.documents.parse;

import io.batchengine.documents.reading.Guard;
import io.batchengine.documents.reading.Spool;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.apache.tika.metadata.Metadata;

/** Text files: decoded, with line feeds at line ends and without control characters. */
final class TextContent {
    private static final int LOOKED_AT = 1 << 18;
    private static final int MAX_STRANGE = 3;
    private static final Charsets CHARSETS = new Charsets(false);

    private TextContent() {}

    /** All text of a document. */
    static String read(Spool document, Metadata metadata, Guard guard) throws IOException {
        byte[] bytes = document.bytes();
        Charset charset = CHARSETS.detect(Arrays.copyOf(bytes, Math.min(bytes.length, LOOKED_AT)));
        metadata.set("Content-Encoding", charset.name());
        String text = clean(new String(bytes, charset));
        guard.output(text.length());
        return text;
    }

    /** As it is, but for line ends, control characters and blank space at the end. */
    static String whole(String text) {
        String body = text.stripTrailing();
        return body.isEmpty() ? "" : body + "\n";
    }

    /** Whether what was decoded is text: hardly anything in it is neither a letter, a sign nor white space. */
    static boolean isText(String text) {
        int strange = (int) text.chars().filter(TextContent::isStrange).count();
        return strange <= MAX_STRANGE || strange * 20L < text.length();
    }

    private static boolean isStrange(int c) {
        return switch (Character.getType(c)) {
            // Terminals' escape sequences and letters that are struck over are found in text.
            case Character.CONTROL -> !Character.isWhitespace(c) && c != '\b' && c != '\u001b';
            case Character.UNASSIGNED, Character.PRIVATE_USE -> true;
            default -> c == '\ufffd';
        };
    }

    /** With line feeds at line ends, and without control characters. */
    static String clean(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\r') {
                out.append('\n');
                i += i + 1 < text.length() && text.charAt(i + 1) == '\n' ? 1 : 0;
            } else if (c == '\n' || c == '\t' || (!Character.isISOControl(c) && !(c == '\ufeff' && i == 0))) {
                out.append(c);
            }
        }
        return out.toString();
    }
}
