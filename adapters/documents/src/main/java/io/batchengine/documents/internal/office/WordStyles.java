package io.batchengine.documents.internal.office;

import io.batchengine.documents.internal.reading.Shift;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a Word document's styles mean for its layout: headings, lists, bold and italic. Styles inherit. */
final class WordStyles {
    private static final Pattern HEADING = Pattern.compile("(?:heading|berschrift|\u00fcberschrift|titre) ?([1-9])");
    private static final int MAX_INHERITANCE = 20;
    private static final int BODY_LEVEL = 9;

    private final Map<String, Entry> styles = new HashMap<>();

    private static final class Entry {
        private @Nullable String parent;
        private @Nullable Integer heading;
        private @Nullable Numbering numbering;
        private @Nullable Boolean bold;
        private @Nullable Boolean italic;
        private @Nullable String alignment;
        private @Nullable String position;
    }

    /** A place in a list: the list's number and the level, from 0. */
    record Numbering(int list, int level) {}

    static WordStyles read(OfficePackage document, Optional<String> part) throws IOException {
        WordStyles result = new WordStyles();
        if (part.isPresent()) {
            try (Xml xml = document.open(part.get())) {
                while (xml.next()) {
                    if (xml.isStart("style")) {
                        xml.entry();
                        result.styles.put(xml.attribute("styleId").orElse(""), readStyle(xml));
                    }
                }
            }
        }
        return result;
    }

    private static Entry readStyle(Xml xml) throws IOException {
        Entry style = new Entry();
        style.heading = heading(xml.attribute("styleId").orElse(""));
        int list = -1;
        int level = 0;
        while (xml.next() && !xml.isEnd("style")) {
            if (!xml.isStart()) {
                continue;
            }
            String value = xml.attribute("val").orElse("");
            switch (xml.name()) {
                case "name" -> style.heading = style.heading == null ? heading(value) : style.heading;
                case "basedOn" -> style.parent = value;
                case "outlineLvl" -> style.heading = outline(xml.number("val", BODY_LEVEL));
                case "numId" -> list = xml.number("val", 0);
                case "ilvl" -> level = xml.number("val", 0);
                case "b" -> style.bold = isOn(xml);
                case "i" -> style.italic = isOn(xml);
                case "vertAlign" -> style.alignment = Shift.ofAlignment(value);
                case "position" -> style.position = Shift.ofHalfPoints(value);
                default -> {
                    // The rest is looks.
                }
            }
        }
        style.numbering = list < 0 ? null : new Numbering(list, level);
        return style;
    }

    /** The level of the heading that a paragraph of this style is, or empty. */
    Optional<Integer> heading(Optional<String> style) {
        if (style.isPresent() && !styles.containsKey(style.get())) {
            return Optional.ofNullable(heading(style.get()));
        }
        return inherited(style, entry -> entry.heading).filter(level -> level > 0);
    }

    Optional<Numbering> numbering(Optional<String> style) {
        return inherited(style, entry -> entry.numbering);
    }

    boolean bold(Optional<String> style) {
        return inherited(style, entry -> entry.bold).orElse(false);
    }

    boolean italic(Optional<String> style) {
        return inherited(style, entry -> entry.italic).orElse(false);
    }

    /** Whether a style raises or lowers its text, see {@link Shift}. */
    Optional<String> alignment(Optional<String> style) {
        return inherited(style, entry -> entry.alignment);
    }

    /** Whether a style moves its text up or down. */
    Optional<String> position(Optional<String> style) {
        return inherited(style, entry -> entry.position);
    }

    /** Whether a switch such as {@code <w:b/>} is on. */
    static boolean isOn(Xml xml) {
        return switch (xml.attribute("val").orElse("true")) {
            case "0", "false", "off" -> false;
            default -> true;
        };
    }

    /** The heading level of an outline level, 0 for body text. */
    static int outline(int level) {
        return level < 0 || level >= BODY_LEVEL ? 0 : Math.min(6, level + 1);
    }

    private static @Nullable Integer heading(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals("title")) {
            return 1;
        }
        Matcher matcher = HEADING.matcher(lower);
        return matcher.matches() ? Integer.valueOf(Math.min(6, Integer.parseInt(matcher.group(1)))) : null;
    }

    private <T> Optional<T> inherited(Optional<String> style, Function<Entry, @Nullable T> property) {
        String id = style.orElse(null);
        for (int i = 0; i < MAX_INHERITANCE && id != null; i++) {
            Entry entry = styles.get(id);
            if (entry == null) {
                break;
            }
            T value = property.apply(entry);
            if (value != null) {
                return Optional.of(value);
            }
            id = entry.parent;
        }
        return Optional.empty();
    }
}
