package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.model.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the objects that a cross-reference stream lists. PDFBox reads as many as the dictionary claims, without end where an entry has
 * no bytes, and keeps each. It asks for no type of the stream, so none is asked for here.
 */
final class CrossReferences {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    /** The most bytes that the dictionary is looked for in. */
    static final int WINDOW = 1 << 16;

    private static final long FREE = 100_000;
    /** An object takes at least so many bytes of the file, however well it is compressed. */
    private static final long BYTES_PER_OBJECT = 4;

    private static final Pattern COMMENT = Pattern.compile("%[^\r\n]*");
    private static final Pattern ESCAPE = Pattern.compile("#([0-9A-Fa-f]{2})");
    private static final Pattern WIDTHS = Pattern.compile("/W\\s*\\[([^\\]]*)\\]");
    private static final Pattern INDEX = Pattern.compile("/Index\\s*\\[([^\\]]*)\\]");
    private static final Pattern SIZE = Pattern.compile("/Size\\s*([0-9]{1,18})");
    private static final Pattern ONE_FILTER = Pattern.compile(
            "/Filter\\s*\\[?\\s*/(?:FlateDecode|Fl)\\b(?!\\s*/(?:Flate|LZW|ASCII|Run|Fl\\b|AHx|A85|RL))");

    private CrossReferences() {}

    /**
     * Checks a stream, if it lists objects.
     *
     * @param before what stands before the stream, its dictionary at the end
     * @param expanded how many bytes came out of it, or -1 if it is not compressed in the usual way
     */
    static void check(String before, long expanded, long fileLength, ReadingGuard guard) {
        if (!before.contains("/W") && !before.contains("#57")) {
            return;
        }
        String text = plain(before);
        String widths = last(WIDTHS, text);
        String index = last(INDEX, text);
        String size = last(SIZE, text);
        if (widths == null || (index == null && size == null)) {
            return;
        }
        long width = sum(widths, 0, 3, 1);
        if (width <= 0) {
            throw guard.fail(
                    "the PDF document is damaged or means harm: its cross-reference stream has entries of no bytes");
        }
        long claimed = index == null ? sum(String.valueOf(size), 0, 1, 1) : sum(index, 1, Integer.MAX_VALUE, 2);
        boolean known = expanded >= 0 && ONE_FILTER.matcher(text).find();
        long entries = known ? Math.min(claimed, expanded / width) : Math.min(claimed, fileLength * 128 / width);
        long most = FREE + fileLength / BYTES_PER_OBJECT;
        if (entries > most) {
            throw guard.fail(Text.format(
                    "the PDF document's cross-reference stream lists more than the limit of %,d objects for a file of its"
                            + " size",
                    most));
        }
    }

    private static String plain(String text) {
        return ESCAPE.matcher(COMMENT.matcher(text).replaceAll(" "))
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }

    private static @Nullable String last(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        String found = null;
        while (matcher.find()) {
            found = matcher.group(1);
        }
        return found;
    }

    /** The sum of some numbers of an array, from one index to another in steps. */
    private static long sum(String array, int from, int to, int step) {
        String[] numbers = BLANKS.split(array.strip(), -1);
        long sum = 0;
        for (int i = from; i < Math.min(to, numbers.length); i += step) {
            try {
                sum += (int) Double.parseDouble(numbers[i]); // as PDFBox does: cut off, and saturated
            } catch (NumberFormatException e) {
                // no number: it counts for nothing
            }
        }
        return sum;
    }
}
