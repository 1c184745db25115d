package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.pdfbox.cos.COSStream;

/**
 * Bounds how much a whole document may draw. A page may be listed thousands of times, and a form may be drawn again and again, so a file
 * of some kilobytes can stand for billions of operators. The budget grows with the file: what is drawn once is paid for by its bytes.
 */
final class DrawBudget {
    private static final long FREE = 5_000_000;
    private static final long PER_BYTE = 4;
    /** Parsing so many bytes counts as one operator. */
    private static final long BYTES_PER_OPERATOR = 4;

    private final ReadingGuard guard;
    private final long most;
    /** The price of each stream that was drawn: 0 for the first time. A stream equals itself alone. */
    private final Map<COSStream, Long> prices = new HashMap<>();

    private long used;

    DrawBudget(ReadingGuard guard, long fileLength) {
        this.guard = guard;
        this.most = FREE + PER_BYTE * fileLength;
    }

    /** An operator, or a letter. */
    void step() {
        take(1);
    }

    /** A content stream is drawn; from the second time on that costs what parsing it takes. Whether this is the first time. */
    boolean draw(COSStream stream) throws IOException {
        Long price = prices.get(stream);
        if (price == null) {
            prices.put(stream, 0L);
            return true;
        }
        if (price == 0) {
            price = 1 + length(stream) / BYTES_PER_OPERATOR;
            prices.put(stream, price);
        }
        take(price);
        return false;
    }

    private long length(COSStream stream) throws IOException {
        byte[] buffer = new byte[1 << 14];
        long length = 0;
        try (InputStream in = stream.createInputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                length += read;
                guard.checkNow();
            }
        }
        return length;
    }

    private void take(long steps) {
        used += steps;
        if (used > most) {
            throw guard.fail(Text.format(
                    "the PDF document draws more than the limit of %,d operators and letters for a file of its size;"
                            + " its pages or forms may be repeated to do harm",
                    most));
        }
    }
}
