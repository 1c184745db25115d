package io.batchengine.documents.internal.pattern;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the effort of a regular expression that {@link Pattern} has compiled, in the syntax of that class. What it does not know for
 * sure is refused by an {@link IllegalArgumentException}.
 */
final class EffortReader {
    /** Letters that begin an escape for a place, not for a character. */
    private static final String ANCHORS = "bBAGZz";

    /** Looking for the end of a class compiles all that may be one: a pattern of ten thousand brackets, thousands of times. */
    private static final int MAX_COMPILED = 200_000;

    private final String regex;
    private final boolean charactersAreFree;
    private int at;
    private int compiled;
    /** Whether white space and comments are left out, and whether a line feed alone ends a line. */
    private boolean comments;

    private boolean unixLines;

    private EffortReader(String regex, boolean charactersAreFree) {
        this.regex = regex;
        this.charactersAreFree = charactersAreFree;
    }

    /** The effort at a place within a text, where to try a character is to look at it. */
    static Effort within(String regex) {
        return new EffortReader(regex, true).read();
    }

    /** The effort at the end of a text, where there is no character to look at. */
    static Effort atEnd(String regex) {
        return new EffortReader(regex, false).read();
    }

    private Effort read() {
        Effort effort = alternatives();
        if (at < regex.length()) {
            throw unknown();
        }
        return effort;
    }

    private Effort alternatives() {
        Effort effort = sequence();
        while (peek() == '|') {
            at++;
            effort = effort.or(sequence());
        }
        return effort;
    }

    private Effort sequence() {
        Effort effort = Effort.NOTHING;
        for (int c = peek(); c >= 0 && c != '|' && c != ')'; c = peek()) {
            effort = effort.then(repeated(part(c)));
        }
        return effort;
    }

    private Effort part(int c) {
        at += Character.charCount(c);
        return switch (c) {
            case '(' -> group();
            case '[' -> {
                at = endOfClass(at - 1);
                yield character();
            }
            case '\\' -> escape();
            case '^', '$' -> Effort.ANCHOR;
            default -> character();
        };
    }

    private Effort character() {
        return Effort.character(charactersAreFree);
    }

    private Effort group() {
        boolean outerComments = comments;
        boolean outerLines = unixLines;
        String kind = peek() == '?' ? kind() : "";
        if (kind.equals(")")) { // flags for the rest of the group around
            return Effort.NOTHING;
        }
        Effort effort = alternatives();
        if (peek() != ')') {
            throw unknown();
        }
        at++;
        comments = outerComments;
        unixLines = outerLines;
        return switch (kind) {
            case "=", "!" -> effort.ahead();
            case "<=", "<!" -> effort.behind();
            default -> effort;
        };
    }

    /** Reads what stands between a group's opening and its content. */
    private String kind() {
        int start = ++at;
        if (regex.startsWith("<=", at) || regex.startsWith("<!", at)) {
            at += 2;
        } else if (at < regex.length() && "=!:>".indexOf(regex.charAt(at)) >= 0) {
            at++;
        } else if (regex.startsWith("<", at) && at + 1 < regex.length() && Character.isLetter(regex.charAt(at + 1))) {
            skipBehind('>');
        } else {
            return flags();
        }
        return regex.substring(start, at);
    }

    private String flags() {
        boolean on = true;
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '-' -> on = false;
                case 'x' -> {
                    if (regex.contains("\\Q")) { // a quote may begin in a comment
                        throw unknown();
                    }
                    comments = on;
                }
                case 'd' -> unixLines = on;
                case ':', ')' -> {
                    return String.valueOf(c);
                }
                default -> {
                    if (!Character.isLetter(c)) {
                        throw unknown();
                    }
                }
            }
        }
        throw unknown();
    }

    private Effort escape() {
        if (at >= regex.length()) {
            throw unknown();
        }
        int c = regex.codePointAt(at);
        at += Character.charCount(c);
        if (c == 'Q') {
            return quoted();
        } else if (c == 'b' && regex.startsWith("{g}", at)) {
            at += 3;
            return Effort.ANCHOR;
        } else if (ANCHORS.indexOf(c) >= 0) {
            return Effort.ANCHOR;
        } else if (c >= '1' && c <= '9') {
            for (int digit = peek(); digit >= '0' && digit <= '9'; digit = peek()) {
                at++; // a digit that is no part of the number any more makes the expression do less
            }
            return Effort.BACK_REFERENCE;
        } else if (c == 'k') {
            skipBehind('>');
            return Effort.BACK_REFERENCE;
        }
        if ("pPxN".indexOf(c) >= 0 && peek() == '{') {
            skipBehind('}');
        } else if (c == 'c' && peek() >= 0) {
            at++;
        }
        return c == 'X' ? character().unbounded() : character();
    }

    /** All but the last quoted character; that one may be repeated. */
    private Effort quoted() {
        int end = regex.indexOf("\\E", at);
        int count = (end < 0 ? regex.length() : end) - at;
        at = end < 0 ? regex.length() : end + 2;
        if (count == 0) { // what is repeated behind it is the part before it
            throw unknown();
        }
        return character().repeated(count, count);
    }

    private Effort repeated(Effort part) {
        return switch (peek()) {
            case '?' -> ending(part.repeated(0, 1));
            case '*' -> ending(part.repeated(0, Integer.MAX_VALUE));
            case '+' -> ending(part.repeated(1, Integer.MAX_VALUE));
            case '{' -> ending(counted(part));
            default -> part;
        };
    }

    private Effort counted(Effort part) {
        at++;
        int min = number();
        int max = min;
        if (peek() == ',') {
            at++;
            max = peek() == '}' ? Integer.MAX_VALUE : number();
        }
        if (peek() != '}') {
            throw unknown();
        }
        return part.repeated(min, max);
    }

    /** Leaves out how a repetition ends, and what makes it reluctant or possessive. */
    private Effort ending(Effort effort) {
        at++;
        if (peek() == '?' || peek() == '+') {
            at++;
        }
        return effort;
    }

    private int number() {
        long number = -1;
        for (int c = peek(); c >= '0' && c <= '9'; c = peek()) {
            number = Math.min(Math.max(number, 0) * 10 + c - '0', Integer.MAX_VALUE);
            at++;
        }
        if (number < 0) {
            throw unknown();
        }
        return (int) number;
    }

    /** Where a character class ends: at the first place where it is a whole expression by itself. */
    private int endOfClass(int start) {
        int flags = (comments ? Pattern.COMMENTS : 0) | (unixLines ? Pattern.UNIX_LINES : 0);
        for (int end = regex.indexOf(']', start); end >= 0; end = regex.indexOf(']', end + 1)) {
            compiled += end + 1 - start;
            if (compiled > MAX_COMPILED) {
                throw new IllegalArgumentException("has character classes at index " + start
                        + " that are nested or joined too often; use fewer of them");
            }
            try {
                var unused = Pattern.compile(regex.substring(start, end + 1), flags);
                return end + 1;
            } catch (PatternSyntaxException e) { // it goes on
            }
        }
        throw unknown();
    }

    private void skipBehind(char last) {
        int end = regex.indexOf(last, at);
        if (end < 0 || (comments && regex.substring(at, end).chars().anyMatch(c -> c == '#' || c <= ' '))) {
            throw unknown();
        }
        at = end + 1;
    }

    /** The next character that counts, or -1 at the end. */
    private int peek() {
        while (comments && at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '#') {
                while (at < regex.length() && !isLineEnd(regex.charAt(at))) {
                    at++;
                }
            } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
                at++;
            } else {
                break;
            }
        }
        return at < regex.length() ? regex.codePointAt(at) : -1;
    }

    private boolean isLineEnd(char c) {
        return c == '\n' || (!unixLines && (c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029'));
    }

    private IllegalArgumentException unknown() {
        return new IllegalArgumentException("can't be judged at index " + at + "; write that part in a simpler way");
    }
}
