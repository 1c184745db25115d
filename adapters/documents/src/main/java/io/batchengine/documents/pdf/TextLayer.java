package io.batchengine.documents.pdf;

import io.batchengine.documents.pdf.PageContent.Kind;
import io.batchengine.documents.reading.Guard;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tells pages that show something and have no text. */
final class TextLayer {
    private static final int PAGES_NAMED = 20;

    private TextLayer() {}

    /**
     * Looks for pages whose text is missing.
     *
     * @return what a reader of the result is to be warned of
     * @throws Guard.Tripped where no page has text, and not all are blank
     */
    static List<String> check(List<PageLines> pages, Guard guard) {
        Map<Kind, List<Integer>> missing = new EnumMap<>(Kind.class);
        boolean anyText = false;
        for (int i = 0; i < pages.size(); i++) {
            anyText |= !pages.get(i).lines().isEmpty();
            if (pages.get(i).lines().isEmpty() && pages.get(i).kind() != Kind.BLANK) {
                missing.computeIfAbsent(pages.get(i).kind(), kind -> new ArrayList<>())
                        .add(i + 1);
            }
        }
        if (!anyText && !missing.isEmpty()) {
            List<String> parts = new ArrayList<>();
            missing.forEach((kind, numbers) -> parts.add(kind.of(numbers.size())));
            throw guard.fail("no text layer: " + String.join(", ", parts) + "; run OCR on the document first");
        }
        List<String> warnings = new ArrayList<>();
        missing.forEach((kind, numbers) -> warnings.add(
                "no text layer: " + kind.of(numbers.size()) + " of " + pages.size() + ": page " + named(numbers)));
        return warnings;
    }

    /** As in "2-5, 9". */
    private static String named(List<Integer> pages) {
        StringBuilder out = new StringBuilder();
        int ranges = 0;
        for (int i = 0; i < pages.size(); ) {
            int end = i;
            while (end + 1 < pages.size() && pages.get(end + 1) == pages.get(end) + 1) {
                end++;
            }
            if (++ranges > PAGES_NAMED) {
                return out.append(" and ")
                        .append(pages.size() - i)
                        .append(" more")
                        .toString();
            }
            out.append(i == 0 ? "" : ", ").append(pages.get(i));
            if (end > i) {
                out.append('-').append(pages.get(end));
            }
            i = end + 1;
        }
        return out.toString();
    }
}
