package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.pdf.PageContent.Kind;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Tells pages whose text is missing: they show something and have no text, or hardly any, or are damaged. */
final class TextLayer {
    private static final int PAGES_NAMED = 20;

    private final List<PageLines> pages;
    private final Map<Kind, List<Integer>> missing = new EnumMap<>(Kind.class);
    private final List<Integer> scans = new ArrayList<>();
    private final List<Integer> damaged = new ArrayList<>();
    private int bareScans;
    private boolean anyText;

    private TextLayer(List<PageLines> pages) {
        this.pages = pages;
        for (int i = 0; i < pages.size(); i++) {
            look(i + 1, pages.get(i));
        }
    }

    /**
     * Looks for pages whose text is missing.
     *
     * @return what a reader of the result is to be warned of
     * @throws ReadingGuard.Tripped where no page has text, and not all are blank
     */
    static List<String> check(List<PageLines> pages, ReadingGuard guard) {
        TextLayer layer = new TextLayer(pages);
        layer.failWithoutText(guard);
        return layer.warnings();
    }

    private void look(int number, PageLines page) {
        PageContent content = page.content();
        if (content.isDamaged()) {
            damaged.add(number);
        }
        if (!page.lines().isEmpty() && !content.isGarbled()) {
            anyText |= !content.isBareScan();
            if (content.isScan()) {
                scans.add(number);
                bareScans += content.isBareScan() ? 1 : 0;
            } else if (content.isUnmapped()) {
                missing.computeIfAbsent(Kind.UNMAPPED, kind -> new ArrayList<>())
                        .add(number);
            }
        } else if (content.kind() != Kind.BLANK) {
            missing.computeIfAbsent(content.kind(), kind -> new ArrayList<>()).add(number);
        }
    }

    private void failWithoutText(ReadingGuard guard) {
        if (anyText) {
            return;
        }
        if (!damaged.isEmpty()) {
            throw guard.fail(Text.format(
                    "the PDF document is damaged: %s can't be read",
                    damaged.size() == 1 ? "1 page" : damaged.size() + " pages"));
        }
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        missing.forEach((kind, numbers) -> counts.put(kind, numbers.size()));
        if (bareScans > 0) {
            counts.merge(Kind.IMAGE, bareScans, Integer::sum);
        }
        if (!counts.isEmpty()) {
            List<String> parts = new ArrayList<>();
            counts.forEach((kind, count) -> parts.add(kind.of(count)));
            throw guard.fail("no text layer: " + String.join(", ", parts) + "; run OCR on the document first");
        }
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        missing.forEach((kind, numbers) -> warnings.add("no text layer: " + kind.of(numbers.size()) + ofAll(numbers)));
        if (!scans.isEmpty()) {
            warnings.add("hardly any text: " + Kind.IMAGE.of(scans.size()) + " with a few letters" + ofAll(scans));
        }
        if (!damaged.isEmpty()) {
            warnings.add(Text.format(
                    "damaged: %s of %d can't be read to the end: page %s",
                    damaged.size() == 1 ? "1 page" : damaged.size() + " pages", pages.size(), named(damaged)));
        }
        return warnings;
    }

    private String ofAll(List<Integer> numbers) {
        return " of " + pages.size() + ": page " + named(numbers);
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
