package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.io.RandomAccessRead;

/**
 * Inflates every compressed stream of a PDF once, keeping nothing, to learn how large it gets: PDFBox inflates into memory without a
 * limit. Images are left out, since reading text never inflates them, and a blank page's scan is a bomb by any measure.
 */
final class StreamScan {
    private static final byte[] KEYWORD = "stream".getBytes(StandardCharsets.US_ASCII);
    private static final int DICTIONARY = 600;
    private static final int CHUNK = 1 << 14;

    private final RandomAccessRead bytes;
    private final ReadingGuard guard;
    /** Where the stream before ended, and how many bytes came out of the last one. */
    private long end;

    private long expandedLength;

    StreamScan(RandomAccessRead bytes, ReadingGuard guard) {
        this.bytes = bytes;
        this.guard = guard;
    }

    void run() throws IOException {
        bytes.seek(0);
        int matched = 0;
        for (int c = bytes.read(); c >= 0; c = bytes.read()) {
            if (matched == KEYWORD.length) {
                long start = bytes.getPosition();
                if (c == '\n' || c == '\r') {
                    inspect(start, c == '\r');
                }
                matched = 0;
            } else {
                matched = c == KEYWORD[matched] ? matched + 1 : c == KEYWORD[0] ? 1 : 0;
            }
        }
        bytes.seek(0);
    }

    private void inspect(long afterLineEnd, boolean carriageReturn) throws IOException {
        long start = afterLineEnd;
        if (isImage(start)) {
            bytes.seek(start);
            return;
        }
        bytes.seek(start);
        if (carriageReturn && bytes.peek() == '\n') {
            start++;
        }
        long compressed = inflate(start);
        CrossReferences.check(before(start), compressed > 0 ? expandedLength : -1, bytes.length(), guard);
        end = start + compressed;
        bytes.seek(end);
    }

    /** What stands between the stream before and this one: the dictionary of this one comes last. */
    private String before(long start) throws IOException {
        long from = Math.max(end, start - CrossReferences.WINDOW);
        byte[] window = new byte[(int) Math.max(0, start - from)];
        bytes.seek(from);
        int read = 0;
        while (read < window.length) {
            int more = bytes.read(window, read, window.length - read);
            if (more <= 0) {
                break;
            }
            read += more;
        }
        return new String(window, 0, read, StandardCharsets.ISO_8859_1);
    }

    private boolean isImage(long at) throws IOException {
        long from = Math.max(0, at - DICTIONARY);
        byte[] before = new byte[(int) (at - from)];
        bytes.seek(from);
        int read = bytes.read(before, 0, before.length);
        String text = new String(before, 0, Math.max(0, read), StandardCharsets.ISO_8859_1);
        int dictionary = text.lastIndexOf(" obj");
        return text.substring(Math.max(0, dictionary)).matches("(?s).*/Subtype\\s*/Image.*");
    }

    /** Inflates what begins here, if anything; how many bytes it took. */
    private long inflate(long start) throws IOException {
        Inflater inflater = new Inflater();
        byte[] in = new byte[CHUNK];
        byte[] out = new byte[CHUNK];
        long expanded = 0;
        try {
            bytes.seek(start);
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int read = bytes.read(in, 0, in.length);
                    if (read <= 0) {
                        break;
                    }
                    inflater.setInput(in, 0, read);
                }
                int length = inflater.inflate(out);
                if (length == 0 && !inflater.needsInput()) {
                    break;
                }
                expanded += length;
                guard.checkNow();
                guard.expanded(length, expanded, inflater.getBytesRead());
            }
            expandedLength = expanded;
            return inflater.getBytesRead();
        } catch (DataFormatException e) {
            return 0; // not compressed this way, or damaged: its parser will tell
        } finally {
            inflater.end();
        }
    }
}
