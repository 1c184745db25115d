package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Looks for text in a document whose pages are all blank. A page of which one letter of {@code /Contents} was damaged draws nothing, and
 * what it should draw is still there.
 */
final class UndrawnText {
    private static final int MOST_OBJECTS = 10_000;
    private static final int MOST_BYTES = 1 << 16;
    private static final Pattern TEXT = Pattern.compile("\\bBT\\s[^\u0000]*?[)>\\]]\\s*T[jJ]\\s");

    private UndrawnText() {}

    /** What a reader of the result is to be warned of: text in streams other than those that were drawn. */
    static Optional<String> check(PDDocument pdf, Set<COSStream> drawn, ReadingGuard guard) throws IOException {
        List<COSObjectKey> keys =
                new ArrayList<>(pdf.getDocument().getXrefTable().keySet());
        int found = 0;
        for (COSObjectKey key : keys.subList(0, Math.min(keys.size(), MOST_OBJECTS))) {
            guard.checkNow();
            COSObject object = pdf.getDocument().getObjectFromPool(key);
            if (object.getObject() instanceof COSStream stream
                    && !drawn.contains(stream)
                    && isContent(stream)
                    && hasText(stream)) {
                found++;
            }
        }
        return found == 0
                ? Optional.empty()
                : Optional.of(Text.format(
                        "damaged: no page shows the text that the document holds; contents with text: %d", found));
    }

    private static boolean isContent(COSStream stream) {
        return stream.getItem(COSName.TYPE) == null && stream.getItem(COSName.SUBTYPE) == null;
    }

    private static boolean hasText(COSStream stream) {
        try (InputStream in = stream.createInputStream()) {
            return TEXT.matcher(new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException unreadable) {
            return false;
        }
    }
}
