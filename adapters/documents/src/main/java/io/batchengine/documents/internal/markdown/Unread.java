package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.Xhtml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xml.sax.Attributes;

/** What a document holds besides text, by kind: it tells a blank document from one whose text can't be read. */
final class Unread {
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("img", "image"),
            Map.entry("svg", "image"),
            Map.entry("canvas", "image"),
            Map.entry("object", "embedded object"),
            Map.entry("embed", "embedded object"),
            Map.entry("applet", "embedded object"),
            Map.entry("iframe", "embedded object"),
            Map.entry("frame", "embedded object"),
            Map.entry("input", "form field"),
            Map.entry("select", "form field"),
            Map.entry("template", "template"),
            Map.entry("math", "formula"),
            Map.entry("video", "video"),
            Map.entry("audio", "sound"));
    private static final Set<String> NAMED = Set.of(
            "image",
            "chart",
            "drawing",
            "script",
            "header or footer",
            "hidden sheet",
            "dialog sheet",
            "macro sheet",
            "cut-off part",
            "text box",
            "uncalculated formula");
    /** Images that count who reads a page, and spacers, are not larger. */
    private static final String SPACER = "0|[1-8](px)?";

    private final Map<String, Integer> counts = new TreeMap<>();

    void element(String name, Attributes attributes) {
        String kind = KINDS.get(name);
        if (kind == null || isSpacer(attributes) || (name.equals("input") && isEmptyInput(attributes))) {
            return;
        }
        String named = attributes.getValue(Xhtml.KIND);
        counts.merge(named != null && NAMED.contains(named) ? named : kind, 1, Integer::sum);
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }

    void addAll(Unread other) {
        other.counts.forEach((kind, count) -> counts.merge(kind, count, Integer::sum));
    }

    private static boolean isEmptyInput(Attributes attributes) {
        String value = attributes.getValue("value");
        return value == null || value.isBlank() || "hidden".equalsIgnoreCase(attributes.getValue("type"));
    }

    private static boolean isSpacer(Attributes attributes) {
        String width = attributes.getValue("width");
        String height = attributes.getValue("height");
        return (width != null && width.matches(SPACER)) || (height != null && height.matches(SPACER));
    }

    /** As in "1 chart, 2 images"; empty where there is nothing. */
    String text() {
        List<String> parts = new ArrayList<>();
        counts.forEach((kind, count) -> parts.add(count + " " + plural(kind, count)));
        return String.join(", ", parts);
    }

    private static String plural(String kind, int count) {
        return count == 1 ? kind : kind.endsWith("x") ? kind + "es" : kind + "s";
    }
}
