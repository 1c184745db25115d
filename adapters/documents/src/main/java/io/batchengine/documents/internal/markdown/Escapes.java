package io.batchengine.documents.internal.markdown;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps a document's own characters from being read as Markdown, with as few backslashes as that takes. */
final class Escapes {
    private static final Pattern ENTITY = Pattern.compile("&#?[A-Za-z0-9]{1,31};");
    private static final Pattern ADDRESS = Pattern.compile("<[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,255}>");
    private static final Pattern BLOCK_START = Pattern.compile(
            "(?:#{1,6}(?:\\s|$)|>|[-+*](?:\\s|$)|~~~|={2,}\\s*$|(?:-\\s*){3,}$|\\[[^\\]]*\\]:).*", Pattern.DOTALL);
    private static final Pattern NUMBERED = Pattern.compile("(\\d{1,9})([.)])(\\s|$)");
    private static final Pattern UNSAFE_SCHEME =
            Pattern.compile("(?i)\\s*(javascript|vbscript|data|file|cid):.*", Pattern.DOTALL);

    private Escapes() {}

    /** The text of a paragraph, link or cell. */
    static String text(String text, boolean inLink, boolean inCell) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isSpecial(text, i, c, inLink, inCell)) {
                if (out == null) {
                    out = new StringBuilder(text.length() + 8).append(text, 0, i);
                }
                out.append('\\');
            }
            if (out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }

    /** A line that must not begin a heading, a list, a quotation or the like. */
    static String lineStart(String line) {
        if (line.isEmpty()) {
            return line;
        }
        char first = line.charAt(0);
        if (first >= '0' && first <= '9') {
            var number = NUMBERED.matcher(line);
            return number.lookingAt() ? line.substring(0, number.end(1)) + '\\' + line.substring(number.end(1)) : line;
        }
        return "#>-+*~=[".indexOf(first) >= 0 && BLOCK_START.matcher(line).matches() ? '\\' + line : line;
    }

    /** A link's target as it may stand in parentheses, or null where it is none to follow. */
    static @Nullable String target(String href) {
        String target = href.strip();
        if (target.isEmpty()
                || target.startsWith("#")
                || UNSAFE_SCHEME.matcher(target).matches()) {
            return null;
        }
        StringBuilder out = new StringBuilder(target.length());
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f || "()<>\\|\"`".indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Text between backticks, more of them than the text has in a row. */
    static String code(String text, boolean inCell) {
        String fence = "`".repeat(longestRun(text, '`') + 1);
        String pad = text.startsWith("`") || text.endsWith("`") ? " " : "";
        String body = inCell ? text.replace("|", "\\|") : text;
        return fence + pad + body + pad + fence;
    }

    static int longestRun(String text, char wanted) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == wanted ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    private static boolean isSpecial(String text, int i, char c, boolean inLink, boolean inCell) {
        char previous = i == 0 ? ' ' : text.charAt(i - 1);
        char next = i + 1 == text.length() ? ' ' : text.charAt(i + 1);
        return switch (c) {
            case '`' -> true;
            case '\\' -> i + 1 == text.length() || isAsciiPunctuation(next);
            case '*' -> !(Character.isWhitespace(previous) && Character.isWhitespace(next));
            case '_' -> !(Character.isLetterOrDigit(previous) && Character.isLetterOrDigit(next));
            case '[' -> inLink;
            case ']' -> inLink || next == '(' || next == '[';
            case '<' -> isTag(text, i, next);
            case '&' ->
                ENTITY.matcher(text).region(i, Math.min(text.length(), i + 40)).lookingAt();
            case '~' -> previous == '~' || next == '~';
            case '|' -> inCell;
            default -> false;
        };
    }

    /** A mail address in angle brackets is Markdown for itself. */
    private static boolean isTag(String text, int at, char next) {
        boolean tag = Character.isLetter(next) || next == '/' || next == '!' || next == '?';
        return tag
                && !ADDRESS.matcher(text)
                        .region(at, Math.min(text.length(), at + 330))
                        .lookingAt();
    }

    private static boolean isAsciiPunctuation(char c) {
        return c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c);
    }
}
