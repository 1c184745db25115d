package io.batchengine.documents.internal.rows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the marks of inline Markdown off: emphasis, links, code, escapes, HTML. Linear in the text's length. */
final class Inline {
    private static final char REMOVED = '\uffff';
    private static final int MAX_LINK = 2_000;
    /** So many unclosed links are looked for in a line; reading stays linear. */
    private static final int MAX_UNCLOSED = 100;

    private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
    private static final Pattern TAG = Pattern.compile("<(?:/?[A-Za-z][A-Za-z0-9]{0,15}(?:\\s[^<>]{0,500})?/?)>");
    private static final Pattern ADDRESS =
            Pattern.compile("<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\\s<>]{0,2000}|[^\\s<>@]{1,200}@[^\\s<>@]{1,200})>");
    private static final Pattern ENTITY = Pattern.compile("&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-z]{2,6}));");
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ", "shy", "");

    private final String in;
    private final StringBuilder out;
    private final Deque<Integer> brackets = new ArrayDeque<>();
    private int at;
    private int unclosed;

    private Inline(String in) {
        this.in = in;
        this.out = new StringBuilder(in.length());
    }

    /** The plain text of a piece of inline Markdown; {@code <br>} is a line feed. */
    static String text(String markdown) {
        return new Inline(markdown).read();
    }

    private String read() {
        while (at < in.length()) {
            char c = in.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '*', '_' -> emphasis(c);
                case '~' -> strike();
                case '`' -> at++;
                case '!' -> image();
                case '[' -> open();
                case ']' -> close();
                case '<' -> angle();
                case '&' -> entity();
                default -> keep(c);
            }
        }
        return out.toString().replace(String.valueOf(REMOVED), "");
    }

    private void keep(char c) {
        out.append(c == '\u00a0' || c == '\u202f' ? ' ' : c);
        at++;
    }

    private void escape() {
        if (at + 1 < in.length() && PUNCTUATION.indexOf(in.charAt(at + 1)) >= 0) {
            out.append(in.charAt(at + 1));
            at += 2;
        } else if (at + 1 == in.length()) {
            at++; // a hard line break
        } else {
            keep('\\');
        }
    }

    /** Marks with white space on both sides are text; so is an underscore within a word. */
    private void emphasis(char mark) {
        int end = at;
        while (end < in.length() && in.charAt(end) == mark) {
            end++;
        }
        boolean spaceBefore = at == 0 || Character.isWhitespace(in.charAt(at - 1));
        boolean spaceBehind = end == in.length() || Character.isWhitespace(in.charAt(end));
        boolean withinWord = at > 0
                && end < in.length()
                && Character.isLetterOrDigit(in.charAt(at - 1))
                && Character.isLetterOrDigit(in.charAt(end));
        if ((spaceBefore && spaceBehind) || (mark == '_' && withinWord)) {
            out.append(in, at, end);
        }
        at = end;
    }

    private void strike() {
        if (in.startsWith("~~", at)) {
            at += 2;
        } else {
            keep('~');
        }
    }

    private void image() {
        if (in.startsWith("![", at)) {
            at++;
        } else {
            keep('!');
        }
    }

    private void open() {
        brackets.push(out.length());
        keep('[');
    }

    private void close() {
        if (brackets.isEmpty()) {
            keep(']');
            return;
        }
        int start = brackets.pop();
        int end = linkEnd(at + 1);
        if (end < 0) {
            keep(']');
        } else {
            out.setCharAt(start, REMOVED);
            at = end;
        }
    }

    /** Behind the target that follows a link's text, or -1 where none follows. */
    private int linkEnd(int from) {
        if (from >= in.length() || in.charAt(from) != '(' || unclosed > MAX_UNCLOSED) {
            return -1;
        }
        int depth = 0;
        for (int i = from; i < in.length() && i - from < MAX_LINK; i++) {
            char c = in.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i + 1;
            }
        }
        unclosed++;
        return -1;
    }

    private void angle() {
        Matcher tag = TAG.matcher(in).region(at, in.length());
        Matcher address = ADDRESS.matcher(in).region(at, in.length());
        if (tag.lookingAt()) {
            if (tag.group().regionMatches(true, 1, "br", 0, 2)) {
                out.append('\n');
            }
            at = tag.end();
        } else if (address.lookingAt()) {
            out.append(address.group(1));
            at = address.end();
        } else {
            keep('<');
        }
    }

    private void entity() {
        Matcher entity = ENTITY.matcher(in).region(at, in.length());
        String text = entity.lookingAt() ? meaning(entity) : null;
        if (text == null) {
            keep('&');
        } else {
            out.append(text);
            at = entity.end();
        }
    }

    private static @Nullable String meaning(Matcher entity) {
        if (entity.group(3) != null) {
            return ENTITIES.get(entity.group(3));
        }
        String decimal = entity.group(1);
        int code = decimal == null ? Integer.parseInt(entity.group(2), 16) : Integer.parseInt(decimal);
        boolean usable = Character.isValidCodePoint(code) && code > 0x1f && !(code >= 0xd800 && code <= 0xdfff);
        return usable ? Character.toString(code) : null;
    }
}
