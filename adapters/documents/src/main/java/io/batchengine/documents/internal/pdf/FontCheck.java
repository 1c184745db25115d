package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.apache.pdfbox.cos.COSStream;
import org.jspecify.annotations.Nullable;

/**
 * Checks a font before PDFBox loads it. PDFBox writes out every range of codes, one entry for each code, and can't be interrupted
 * meanwhile; a range takes some bytes and may stand for 2^31 codes.
 */
final class FontCheck {
    /** Codes have two bytes in all but a few fonts, and a font has at most 65,536 letters. */
    private static final int MAX_CODE = 65_535;

    private static final long MAX_CODES = 1_000_000;
    private static final long MAX_CODES_OF_DOCUMENT = 50_000_000;
    private static final int MAX_BYTES = 8 << 20;

    private final ReadingGuard guard;
    private final Set<COSDictionary> checked = new HashSet<>(); // a dictionary equals itself alone
    private long all;

    FontCheck(ReadingGuard guard) {
        this.guard = guard;
    }

    /** The operator {@code Tf}: a font of the resources by its name. */
    void select(@Nullable COSDictionary resources, COSName name) throws IOException {
        check(resources == null ? null : resources.getCOSDictionary(COSName.FONT), name);
    }

    /** The operator {@code gs}: a graphics state, which may name a font. */
    void state(@Nullable COSDictionary resources, COSName name) throws IOException {
        COSDictionary states = resources == null ? null : resources.getCOSDictionary(COSName.EXT_G_STATE);
        COSDictionary state = states == null ? null : states.getCOSDictionary(name);
        COSArray font = state == null ? null : state.getCOSArray(COSName.FONT);
        if (font != null && font.size() > 0 && font.getObject(0) instanceof COSDictionary dictionary) {
            check(dictionary);
        }
    }

    private void check(@Nullable COSDictionary fonts, COSName name) throws IOException {
        COSDictionary font = fonts == null ? null : fonts.getCOSDictionary(name);
        if (font != null) {
            check(font);
        }
    }

    private void check(COSDictionary font) throws IOException {
        if (!checked.add(font)) {
            return;
        }
        guard.checkNow();
        map(font.getDictionaryObject(COSName.TO_UNICODE), "ToUnicode");
        map(font.getDictionaryObject(COSName.ENCODING), "Encoding");
        widths(font.getDictionaryObject(COSName.W), 1, "W");
        widths(font.getDictionaryObject(COSName.W2), 3, "W2");
        COSArray descendants = font.getCOSArray(COSName.DESCENDANT_FONTS);
        for (int i = 0; descendants != null && i < descendants.size(); i++) {
            if (descendants.getObject(i) instanceof COSDictionary descendant) {
                check(descendant);
            }
        }
    }

    private void map(@Nullable COSBase entry, String key) throws IOException {
        if (!(entry instanceof COSStream stream)) {
            return;
        }
        CodeRanges ranges = new CodeRanges();
        byte[] buffer = new byte[1 << 14];
        long length = 0;
        try (InputStream in = stream.createInputStream()) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                guard.checkNow();
                length += read;
                if (length > MAX_BYTES) {
                    throw guard.fail(Text.format(
                            "the %s map of a font of the PDF document has more than %,d bytes", key, MAX_BYTES));
                }
                ranges.read(buffer, read);
                bound(ranges.codes(), key);
            }
        }
        total(ranges.codes());
    }

    /** An array of {@code first [values]} and {@code first last value}, with so many values for a code. */
    private void widths(@Nullable COSBase entry, int values, String key) {
        if (!(entry instanceof COSArray array)) {
            return;
        }
        long codes = 0;
        for (int i = 0; i + 1 < array.size(); ) {
            COSBase first = array.getObject(i);
            COSBase next = array.getObject(i + 1);
            if (first instanceof COSNumber from && next instanceof COSNumber to) {
                if (from.longValue() < 0 || to.longValue() > MAX_CODE) {
                    throw guard.fail(Text.format(
                            "the %s array of a font of the PDF document has the codes %d to %d; the limit is 0 to %d",
                            key, from.longValue(), to.longValue(), MAX_CODE));
                }
                codes += Math.max(0, to.longValue() - from.longValue() + 1);
                i += 2 + values;
            } else if (next instanceof COSArray list) {
                codes += list.size();
                i += 2;
            } else {
                i++; // PDFBox tells what is wrong with it, or leaves it out
            }
            bound(codes, key);
        }
        total(codes);
    }

    private void bound(long codes, String key) {
        if (codes > MAX_CODES) {
            throw guard.fail(Text.format(
                    "the %s of a font of the PDF document has ranges of more than %,d codes; no font has more than 65,536",
                    key, MAX_CODES));
        }
    }

    private void total(long codes) {
        all += codes;
        if (all > MAX_CODES_OF_DOCUMENT) {
            throw guard.fail(Text.format(
                    "the fonts of the PDF document have ranges of more than %,d codes", MAX_CODES_OF_DOCUMENT));
        }
    }
}
