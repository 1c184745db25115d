package io.batchengine.documents.parse;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import org.apache.tika.metadata.Metadata;

/** Text files: decoded, with line feeds at line ends and without control characters. */
final class TextContent {
    private static final int LOOKED_AT = 1 << 18;
    private static final int MAX_STRANGE = 3;
    private static final Charsets CHARSETS = new Charsets(false);

    private TextContent() {}

    /** All text of a document. What is longer than the limit is not read to its end. */
    static String read(Spool document, Metadata metadata, ReadingGuard guard) throws IOException {
        Charset charset = CHARSETS.detect(document.head(LOOKED_AT));
        metadata.set("Content-Encoding", charset.name());
        StringBuilder text = new StringBuilder((int) Math.min(document.size(), LOOKED_AT));
        try (Reader in = new BufferedReader(new InputStreamReader(document.open(), charset))) {
            ZeroRun zeros = new ZeroRun();
            int before = -1;
            for (int c = in.read(); c >= 0; c = in.read()) {
                append(text, (char) c, before);
                zeros.next(c);
                guard.gathered(text.length());
                before = c;
            }
            if (zeros.isFound()) {
                metadata.add(ParsedDocument.WARNINGS, ZeroRun.WARNING);
            }
        }
        return text.toString();
    }

    /** As it is, except for line ends, control characters and blank space at the end. */
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
        int before = -1;
        for (int i = 0; i < text.length(); i++) {
            append(out, text.charAt(i), before);
            before = text.charAt(i);
        }
        return out.toString();
    }

    /** Adds a character as it is to be, given the one before it, or -1. */
    private static void append(StringBuilder out, char c, int before) {
        if (c == '\r') {
            out.append('\n');
        } else if (c == '\n') {
            if (before != '\r') {
                out.append('\n');
            }
        } else if (c == '\t' || (!Character.isISOControl(c) && !(c == '\ufeff' && before < 0))) {
            out.append(c);
        }
    }
}
