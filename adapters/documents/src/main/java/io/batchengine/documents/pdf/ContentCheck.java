package io.batchengine.documents.pdf;

import io.batchengine.documents.reading.Guard;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;

/**
 * Tells whether what a page draws can be read to its end. PDFBox takes what it gets of a damaged stream, and nothing of one with a filter that
 * it does not know, and the page then looks blank or shorter than it is.
 */
final class ContentCheck {
    /** The result for a stream that is damaged. */
    static final long DAMAGED = -1;

    private static final int ZLIB_HEADER = 2;
    private static final int CHUNK = 1 << 14;

    private final Guard guard;

    ContentCheck(Guard guard) {
        this.guard = guard;
    }

    /** How many bytes a stream holds, or {@link #DAMAGED}. */
    long length(COSStream stream) {
        if (stream.getLength() == 0) {
            return 0;
        }
        try {
            return isDeflated(stream) ? inflated(stream) : decoded(stream);
        } catch (IOException | DataFormatException e) {
            return DAMAGED;
        }
    }

    private static boolean isDeflated(COSStream stream) {
        COSBase filters = stream.getFilters();
        COSBase only = filters instanceof COSArray array && array.size() == 1 ? array.getObject(0) : filters;
        return COSName.FLATE_DECODE.equals(only) || COSName.FLATE_DECODE_ABBREVIATION.equals(only);
    }

    private long decoded(COSStream stream) throws IOException {
        byte[] buffer = new byte[CHUNK];
        long length = 0;
        try (InputStream in = stream.createInputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                guard.checkNow();
                length += read;
            }
        }
        return length == 0 ? DAMAGED : length;
    }

    /** How long the stream gets. Some writers leave the sum behind it out, or a part of it; one that is there counts. */
    private long inflated(COSStream stream) throws IOException, DataFormatException {
        long length = inflated(stream, 0, new Inflater());
        return length == DAMAGED ? inflated(stream, ZLIB_HEADER, new Inflater(true)) : length;
    }

    /** How long the stream gets, or {@link #DAMAGED} where its end is missing. */
    private long inflated(COSStream stream, int skipped, Inflater inflater) throws IOException, DataFormatException {
        byte[] in = new byte[CHUNK];
        byte[] out = new byte[CHUNK];
        long length = 0;
        try (InputStream raw = stream.createRawInputStream()) {
            raw.skipNBytes(skipped);
            while (!inflater.finished()) {
                guard.checkNow();
                if (inflater.needsInput()) {
                    int read = raw.read(in);
                    if (read <= 0) {
                        return DAMAGED;
                    }
                    inflater.setInput(in, 0, read);
                }
                int more = inflater.inflate(out);
                if (more == 0 && !inflater.needsInput() && !inflater.finished()) {
                    return DAMAGED; // it wants a dictionary, which no PDF has
                }
                length += more;
            }
            return length;
        } finally {
            inflater.end();
        }
    }
}
