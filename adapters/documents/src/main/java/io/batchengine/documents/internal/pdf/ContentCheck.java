package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.filter.FilterFactory;

/**
 * Tells whether what a page draws can be read to its end. PDFBox takes what it gets of a damaged stream, and nothing of one with a filter that
 * it does not know, and the page then looks blank or shorter than it is.
 */
final class ContentCheck {
    /** The result for a stream that is damaged. */
    static final long DAMAGED = -1;

    private static final int ZLIB_HEADER = 2;
    private static final int CHUNK = 1 << 14;

    private final ReadingGuard guard;

    ContentCheck(ReadingGuard guard) {
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
        List<COSName> filters = filters(stream);
        return filters.size() == 1 && isDeflate(filters.get(0));
    }

    private static boolean isDeflate(COSName filter) {
        return filter.equals(COSName.FLATE_DECODE) || filter.equals(COSName.FLATE_DECODE_ABBREVIATION);
    }

    private static List<COSName> filters(COSStream stream) {
        COSBase filters = stream.getFilters();
        List<COSName> names = new ArrayList<>();
        if (filters instanceof COSName only) {
            names.add(only);
        } else if (filters instanceof COSArray array) {
            for (int i = 0; i < array.size(); i++) {
                names.add(array.getObject(i) instanceof COSName name ? name : COSName.getPDFName("?"));
            }
        }
        return names;
    }

    /** Step by step, as PDFBox takes what it gets of a damaged step. Of a filter that stands twice it leaves one out. */
    private long decoded(COSStream stream) throws IOException, DataFormatException {
        List<COSName> filters = filters(stream);
        if (Set.copyOf(filters).size() < filters.size()) {
            return DAMAGED;
        }
        byte[] data;
        try (InputStream raw = stream.createRawInputStream()) {
            data = raw.readAllBytes();
        }
        for (int i = 0; i < filters.size(); i++) {
            guard.checkNow();
            data = isDeflate(filters.get(i)) ? inflated(data) : decoded(data, stream, filters.get(i), i);
        }
        return data.length == 0 ? DAMAGED : data.length;
    }

    private byte[] decoded(byte[] data, COSStream stream, COSName filter, int index) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FilterFactory.INSTANCE.getFilter(filter).decode(new ByteArrayInputStream(data), out, stream, index);
        guard.expanded(out.size(), out.size(), data.length);
        return out.toByteArray();
    }

    private byte[] inflated(byte[] data) throws IOException, DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long length = inflated(new ByteArrayInputStream(data), new Inflater(), out);
        if (length == DAMAGED) {
            out.reset();
            int header = Math.min(data.length, ZLIB_HEADER);
            var behind = new ByteArrayInputStream(data, header, data.length - header);
            length = inflated(behind, new Inflater(true), out);
        }
        if (length == DAMAGED) {
            throw new IOException("the end is missing");
        }
        return out.toByteArray();
    }

    /** How many bytes come out. A checksum must match; some writers leave it out, in whole or in part, which is no damage. */
    private long inflated(COSStream stream) throws IOException, DataFormatException {
        OutputStream nowhere = OutputStream.nullOutputStream();
        long length;
        try (InputStream raw = stream.createRawInputStream()) {
            length = inflated(raw, new Inflater(), nowhere);
        }
        if (length != DAMAGED) {
            return length;
        }
        try (InputStream raw = stream.createRawInputStream()) {
            raw.skipNBytes(ZLIB_HEADER);
            return inflated(raw, new Inflater(true), nowhere);
        }
    }

    /** How long it gets, or {@link #DAMAGED} where its end is missing. */
    private long inflated(InputStream raw, Inflater inflater, OutputStream to) throws IOException, DataFormatException {
        byte[] in = new byte[CHUNK];
        byte[] out = new byte[CHUNK];
        long length = 0;
        try {
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
                guard.expanded(0, length, Math.max(1, inflater.getBytesRead()));
                to.write(out, 0, more);
            }
            return length;
        } finally {
            inflater.end();
        }
    }
}
