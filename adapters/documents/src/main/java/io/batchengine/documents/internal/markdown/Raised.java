package io.batchengine.documents.internal.markdown;

import io.batchengine.documents.internal.reading.Shift;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells which elements of HTML raise or lower their text. */
final class Raised {
    /** What is aligned within a line. In a cell the same style aligns the whole content. */
    private static final Set<String> INLINE =
            Set.of("span", "font", "small", "big", "a", "b", "strong", "i", "em", "u", "s", "ins", "mark", "label");

    private static final Pattern ALIGNMENT =
            Pattern.compile("(?:^|;)\\s*vertical-align\\s*:\\s*([-+.%a-z0-9]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIZE = Pattern.compile("(?:^|;)\\s*font-size\\s*:", Pattern.CASE_INSENSITIVE);

    private Raised() {}

    /** What an element does to its text, by its name and style. */
    static String shift(String element, @Nullable String style) {
        if (element.equals(Shift.ABOVE) || element.equals(Shift.BELOW)) {
            return element;
        }
        if (style == null || !INLINE.contains(element)) {
            return Shift.NONE;
        }
        Matcher alignment = ALIGNMENT.matcher(style);
        if (!alignment.find()) {
            return Shift.NONE;
        }
        String value = alignment.group(1).toLowerCase(Locale.ROOT);
        return switch (value) {
            case "super" -> Shift.ABOVE;
            case "sub" -> Shift.BELOW;
            // Small letters at the top of the line are raised, and those of the usual size fill the line.
            case "top", "text-top" -> SIZE.matcher(style).find() ? Shift.ABOVE : Shift.NONE;
            default -> Shift.of(value);
        };
    }
}
