package io.batchengine.documents.internal.office;

import io.batchengine.documents.ParsedDocument;
import io.batchengine.documents.internal.reading.DocumentReader;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Spool;
import io.batchengine.documents.internal.reading.Xhtml;
import java.io.IOException;
import java.io.InputStream;
import org.apache.tika.metadata.Metadata;

/** Reads RTF documents: splits the bytes into groups, control words and text. */
public final class RtfReader implements DocumentReader {
    private static final int MAX_WORD = 32;
    private static final int MAX_NUMBER = 10;

    @Override
    public void read(Spool document, Xhtml out, Metadata metadata, ReadingGuard guard) throws IOException {
        RtfBody body = new RtfBody(out, metadata, guard);
        try (InputStream in = document.open()) {
            int c = in.read();
            while (c >= 0) {
                guard.check();
                switch (c) {
                    case '{' -> body.startGroup();
                    case '}' -> body.endGroup();
                    case '\\' -> control(in, body);
                    case '\r', '\n', 0 -> {
                        // Line ends of the file are no text.
                    }
                    default -> body.character(c);
                }
                c = in.read();
            }
        }
        boolean cut = body.depth() > 0;
        body.close();
        if (cut) {
            metadata.add(
                    ParsedDocument.WARNINGS, "damaged: the end of the document is missing, it may have been cut off");
            out.unread("cut-off part");
        }
    }

    private static void control(InputStream in, RtfBody body) throws IOException {
        int c = in.read();
        if (!isLetter(c)) {
            symbol(c, in, body);
            return;
        }
        StringBuilder word = new StringBuilder();
        while (isLetter(c) && word.length() < MAX_WORD) {
            word.append((char) c);
            in.mark(1);
            c = in.read();
        }
        StringBuilder number = new StringBuilder();
        while ((c == '-' && number.length() == 0) || (c >= '0' && c <= '9' && number.length() < MAX_NUMBER)) {
            number.append((char) c);
            in.mark(1);
            c = in.read();
        }
        if (c != ' ' && c >= 0) {
            in.reset();
        }
        Integer value = number.length() == 0 ? null : parse(number.toString());
        if (word.toString().equals("bin")) {
            skip(in, value == null ? 0 : value);
        } else {
            body.word(word.toString(), value);
        }
    }

    private static void symbol(int c, InputStream in, RtfBody body) throws IOException {
        switch (c) {
            case '\'' -> {
                int high = Character.digit(in.read(), 16);
                int low = Character.digit(in.read(), 16);
                if (high >= 0 && low >= 0) {
                    body.character(high * 16 + low);
                }
            }
            case '*' -> body.optionalDestination();
            case '~' -> body.text("\u00a0");
            case '_' -> body.text("-");
            case '\\', '{', '}' -> body.character(c);
            case '\r', '\n' -> body.word("par", null);
            default -> {
                // Optional hyphens and index marks are no text.
            }
        }
    }

    private static void skip(InputStream in, int bytes) throws IOException {
        if (bytes > 0) {
            in.skipNBytes(bytes);
        }
    }

    private static int parse(String number) {
        if (number.equals("-")) {
            return 0;
        }
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, Long.parseLong(number)));
    }

    private static boolean isLetter(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
