package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.pdfbox.cos.COSStream;

/**
 * Bounds what the forms of a PDF may draw. A form may draw others, so a few hundred bytes can stand for 2^30 forms. One that draws itself
 * is against the standard; those that draw one another again and again are counted.
 */
final class FormWatch {
    private static final int MAX_DEPTH = 30;
    private static final int MAX_NESTED = 100_000;

    private final ReadingGuard guard;
    private final Deque<COSStream> open = new ArrayDeque<>();
    private int nested;

    FormWatch(ReadingGuard guard) {
        this.guard = guard;
    }

    void startPage() {
        open.clear();
        nested = 0;
    }

    void enter(COSStream form) {
        guard.checkNow();
        for (COSStream outer : open) {
            if (outer == form) {
                throw guard.fail("the PDF document is damaged or means harm: one of its forms draws itself");
            }
        }
        if (open.size() >= MAX_DEPTH) {
            throw guard.fail(Text.format("the PDF document's forms are nested more than %d deep", MAX_DEPTH));
        }
        if (!open.isEmpty() && ++nested > MAX_NESTED) {
            throw guard.fail(
                    Text.format("a page of the PDF document draws forms within forms more than %,d times", MAX_NESTED));
        }
        open.push(form);
    }

    void leave() {
        open.pop();
    }
}
