package io.batchengine.documents.internal.pdf;

import io.batchengine.documents.internal.pdf.PdfTableFinder.Table;
import io.batchengine.documents.internal.reading.ListWriter;
import io.batchengine.documents.internal.reading.ReadingGuard;
import io.batchengine.documents.internal.reading.Xhtml;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes a page's lines as headings, lists, tables and paragraphs. */
final class PageWriter {
    private static final double PARAGRAPH_APART = 1.65;
    private static final Pattern MARK = Pattern.compile(
            "^(?:[\u2022\u25e6\u25aa\u2023\u00b7\u25cf\u25cb\u25a0\u2013\u2043*-]|\\(?\\d{1,3}[.)])\\s+");

    private final Xhtml out;
    private final ReadingGuard guard;
    private final Headings headings;
    private final ListWriter lists;
    /** Where the items of the open lists begin. */
    private final List<Double> indents = new ArrayList<>();

    PageWriter(Xhtml out, ReadingGuard guard, Headings headings) {
        this.out = out;
        this.guard = guard;
        this.headings = headings;
        this.lists = new ListWriter(out);
    }

    void write(List<TextLine> lines) {
        double right = lines.stream().mapToDouble(TextLine::end).max().orElse(0);
        for (int at = 0; at < lines.size(); ) {
            guard.check();
            TextLine line = lines.get(at);
            int level = headings.level(lines, at);
            Table table = level > 0 ? null : PdfTableFinder.at(lines, at);
            if (level > 0 && !line.hasBullet()) {
                at = writeHeading(lines, at, level);
            } else if (table != null) {
                closeLists();
                writeTable(table);
                at += table.lines();
            } else if (line.isItem()) {
                at = writeItem(lines, at, right);
            } else {
                closeLists();
                at = writeParagraph(lines, at, right);
            }
        }
        closeLists();
    }

    private int writeHeading(List<TextLine> lines, int from, int level) {
        closeLists();
        String name = "h" + level;
        out.start(name);
        writeSpans(lines.get(from).joined().spans());
        int at = from + 1;
        while (at < lines.size()
                && headings.level(lines, at) == level
                && Math.abs(lines.get(at).size() - lines.get(from).size()) < 0.5
                && lines.get(at).isCloseBelow(lines.get(at - 1), 1.5)) {
            out.text(" ");
            writeSpans(lines.get(at).joined().spans());
            at++;
        }
        out.end(name);
        return at;
    }

    private int writeItem(List<TextLine> lines, int from, double right) {
        TextLine line = lines.get(from);
        while (!indents.isEmpty() && line.start() < indents.get(indents.size() - 1) - 4) {
            indents.remove(indents.size() - 1);
        }
        if (indents.isEmpty() || line.start() > indents.get(indents.size() - 1) + 4) {
            indents.add(line.start());
        }
        lists.item(indents.size() - 1, !line.hasBullet(), line.number());
        List<TextLine> item = new ArrayList<>(List.of(line));
        int at = from + 1;
        while (at < lines.size() && goesOn(lines, at) && lines.get(at).start() > line.start() + 3) {
            item.add(lines.get(at));
            at++;
        }
        writeLines(item, right, true);
        return at;
    }

    private int writeParagraph(List<TextLine> lines, int from, double right) {
        int at = from + 1;
        while (at < lines.size()
                && goesOn(lines, at)
                && Math.abs(lines.get(at).size() - lines.get(from).size()) < 0.8) {
            at++;
        }
        out.start("p");
        writeLines(lines.subList(from, at), right, false);
        out.end("p");
        return at;
    }

    private boolean goesOn(List<TextLine> lines, int at) {
        return lines.get(at).isCloseBelow(lines.get(at - 1), PARAGRAPH_APART)
                && headings.level(lines, at) == 0
                && !lines.get(at).isItem()
                && PdfTableFinder.at(lines, at) == null;
    }

    private void writeLines(List<TextLine> lines, double right, boolean item) {
        String pending = "";
        for (int i = 0; i < lines.size(); i++) {
            TextLine line = lines.get(i);
            List<Span> spans = line.joined().spans();
            if (item && i == 0) {
                spans = withoutMark(spans);
            }
            if (i > 0 && endedEarly(lines.get(i - 1), line, right)) {
                out.lineBreak();
            } else {
                out.text(pending);
            }
            boolean hyphenated = i + 1 < lines.size() && isHyphenated(line, lines.get(i + 1));
            pending = hyphenated ? "" : " ";
            writeSpans(hyphenated ? withoutHyphen(spans) : spans);
        }
    }

    /** Whether the next line's first word would still have had its place: then the line was meant to end. */
    private static boolean endedEarly(TextLine line, TextLine next, double right) {
        String text = next.text();
        int space = text.indexOf(' ');
        double letters = space < 0 ? text.length() : space;
        double word = letters * (next.end() - next.start()) / Math.max(1, text.length());
        return line.end() + word + line.size() < right;
    }

    private static boolean isHyphenated(TextLine line, TextLine next) {
        String text = line.text().stripTrailing();
        return text.length() > 2
                && text.endsWith("-")
                && Character.isLetter(text.charAt(text.length() - 2))
                && Character.isLowerCase(next.text().codePointAt(0));
    }

    private static List<Span> withoutHyphen(List<Span> spans) {
        List<Span> result = new ArrayList<>(spans);
        Span last = result.get(result.size() - 1);
        String text = last.text().stripTrailing();
        result.set(
                result.size() - 1,
                new Span(
                        text.endsWith("-") ? text.substring(0, text.length() - 1) : text,
                        last.bold(),
                        last.italic(),
                        last.href()));
        return result;
    }

    private static List<Span> withoutMark(List<Span> spans) {
        List<Span> result = new ArrayList<>(spans);
        StringBuilder whole = new StringBuilder();
        spans.forEach(span -> whole.append(span.text()));
        var mark = MARK.matcher(whole);
        int left = mark.find() ? mark.end() : 0;
        while (left > 0 && !result.isEmpty()) {
            Span first = result.get(0);
            int cut = Math.min(left, first.text().length());
            left -= cut;
            if (cut == first.text().length()) {
                result.remove(0);
            } else {
                result.set(0, new Span(first.text().substring(cut), first.bold(), first.italic(), first.href()));
            }
        }
        return result;
    }

    private void writeTable(Table table) {
        switch (table.kind()) {
            case TABLE -> {
                out.start("table");
                for (@Nullable Segment[] row : table.rows()) {
                    out.start("tr");
                    for (Segment cell : row) {
                        out.start("td");
                        writeCell(cell);
                        out.end("td");
                    }
                    out.end("tr");
                }
                out.end("table");
            }
            case PAIRS -> writePairs(table);
            case PROSE -> {
                for (int column = 0; column < 2; column++) {
                    out.start("p");
                    for (@Nullable Segment[] row : table.rows()) {
                        writeCell(row[column]);
                        out.text(" ");
                    }
                    out.end("p");
                }
            }
        }
    }

    private void writePairs(Table table) {
        out.start("p");
        boolean first = true;
        for (@Nullable Segment[] row : table.rows()) {
            if (!first) {
                out.lineBreak();
            }
            first = false;
            writeCell(row[0]);
            out.text(" ");
            writeCell(row[1]);
        }
        out.end("p");
    }

    private void writeCell(@Nullable Segment cell) {
        if (cell != null) {
            writeSpans(cell.spans());
        }
    }

    private void writeSpans(List<Span> spans) {
        for (Span span : spans) {
            out.run(span.text(), span.bold(), span.italic(), false, span.href());
        }
    }

    private void closeLists() {
        lists.close();
        indents.clear();
    }
}
