package io.batchengine.documents.internal.markdown;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The text of one paragraph, heading or cell while it is gathered: runs of one style each, white space collapsed. */
final class InlineText {
    private static final char BREAK = '\n';

    private final List<Run> runs = new ArrayList<>();

    private int length;

    private record Run(StringBuilder text, Style style) {}

    private enum Edge {
        START,
        END
    }

    /** Adds text; any white space in it becomes one space. */
    void append(CharSequence text, Style style) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00a0' || c == '\u2007' || c == '\u202f') {
                if (!endsWithSpace()) {
                    run(style).append(' ');
                    length++;
                }
            } else if (c != '\u00ad' && c != '\ufeff') { // a soft hyphen is no letter
                run(style).append(c);
                length++;
            }
        }
    }

    /** Ends the line; what follows goes on a new one. */
    void lineBreak() {
        if (!runs.isEmpty()) {
            StringBuilder last = runs.get(runs.size() - 1).text;
            if (last.length() > 0 && last.charAt(last.length() - 1) == ' ') {
                last.setLength(last.length() - 1);
            }
            last.append(BREAK);
        }
    }

    /** How many characters there are. */
    int length() {
        return length;
    }

    /** How many runs of one style there are. */
    int runs() {
        return runs.size();
    }

    boolean isBlank() {
        return runs.stream().allMatch(run -> run.text.toString().isBlank());
    }

    /** The words alone. */
    String plain() {
        StringBuilder out = new StringBuilder();
        runs.forEach(run -> out.append(run.text));
        return out.toString().strip();
    }

    /** Markdown on one or more lines, neither blank at an end; line starts are not escaped yet. */
    String markdown(boolean inCell) {
        StringBuilder out = new StringBuilder();
        List<Run> lines = splitAtBreaks();
        for (int i = 0; i < lines.size(); ) {
            String href = target(lines.get(i));
            int end = i + 1;
            while (href != null
                    && end < lines.size()
                    && href.equals(target(lines.get(end)))
                    && !lines.get(i).style.image()) {
                end++;
            }
            if (href == null) {
                appendRun(out, lines, i, false, inCell);
            } else {
                appendLink(out, lines, i, end, href, inCell);
            }
            i = end;
        }
        return out.toString().strip();
    }

    private void appendLink(StringBuilder out, List<Run> lines, int from, int to, String href, boolean inCell) {
        StringBuilder label = new StringBuilder();
        for (int i = from; i < to; i++) {
            appendRun(label, lines, i, true, inCell);
        }
        String text = label.toString();
        String stripped = text.strip();
        if (stripped.isEmpty()) {
            out.append(text);
            return;
        }
        out.append(text, 0, text.indexOf(stripped));
        out.append(lines.get(from).style.image() ? "![" : "[").append(stripped.replace('\n', ' '));
        out.append("](").append(href).append(')');
        out.append(text, text.indexOf(stripped) + stripped.length(), text.length());
    }

    private static void appendRun(StringBuilder out, List<Run> lines, int at, boolean inLink, boolean inCell) {
        Run run = lines.get(at);
        String text = run.text.toString();
        String marks = marks(run.style);
        int start = 0;
        int end = text.length();
        while (start < end && staysOutside(text.charAt(start), marks, lines, at, Edge.START)) {
            start++;
        }
        while (end > start && staysOutside(text.charAt(end - 1), marks, lines, at, Edge.END)) {
            end--;
        }
        String core = text.substring(start, end);
        String before = Escapes.text(text.substring(0, start), inLink, inCell);
        String after = Escapes.text(text.substring(end), inLink, inCell);
        if (core.isEmpty()) {
            out.append(before).append(after);
        } else if (run.style.code()) {
            out.append(before).append(Escapes.code(core, inCell)).append(after);
        } else {
            String closing = new StringBuilder(marks).reverse().toString();
            out.append(before)
                    .append(marks)
                    .append(Escapes.text(core, inLink, inCell))
                    .append(closing)
                    .append(after);
        }
    }

    /** Marks must touch a letter inside; outside, a letter beside punctuation would keep them from closing. */
    private static boolean staysOutside(char c, String marks, List<Run> lines, int at, Edge edge) {
        if (Character.isWhitespace(c)) {
            return true;
        }
        if (marks.isEmpty() || Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
            return false;
        }
        int neighbour = edge == Edge.START ? at - 1 : at + 1;
        if (neighbour < 0 || neighbour >= lines.size()) {
            return false;
        }
        StringBuilder beside = lines.get(neighbour).text;
        if (beside.length() == 0) {
            return false;
        }
        return Character.isLetterOrDigit(beside.charAt(edge == Edge.START ? beside.length() - 1 : 0));
    }

    private static String marks(Style style) {
        if (style.code()) {
            return "";
        }
        return (style.strike() ? "~~" : "") + (style.bold() ? "**" : "") + (style.italic() ? "*" : "");
    }

    private static @Nullable String target(Run run) {
        return run.style.href() == null ? null : Escapes.target(run.style.href());
    }

    /** A line break stands alone, unstyled: no mark may span it. */
    private List<Run> splitAtBreaks() {
        List<Run> result = new ArrayList<>();
        for (Run run : runs) {
            String text = run.text.toString();
            int from = 0;
            for (int at = text.indexOf(BREAK); at >= 0; at = text.indexOf(BREAK, from)) {
                addRun(result, text.substring(from, at), run.style);
                addRun(result, "\n", Style.PLAIN);
                from = at + 1;
            }
            addRun(result, text.substring(from), run.style);
        }
        return result;
    }

    private static void addRun(List<Run> runs, String text, Style style) {
        if (!text.isEmpty()) {
            runs.add(new Run(new StringBuilder(text), style));
        }
    }

    private boolean endsWithSpace() {
        if (runs.isEmpty()) {
            return true;
        }
        StringBuilder last = runs.get(runs.size() - 1).text;
        return last.length() > 0 && Character.isWhitespace(last.charAt(last.length() - 1));
    }

    private StringBuilder run(Style style) {
        if (runs.isEmpty() || !runs.get(runs.size() - 1).style.equals(style)) {
            runs.add(new Run(new StringBuilder(), style));
        }
        return runs.get(runs.size() - 1).text;
    }
}
