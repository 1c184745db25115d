package io.batchengine.examples.sample;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes HTML 5. */
final class HtmlWriter implements DocWriter {
    @Override
    public byte[] write(Doc doc) {
        return html(doc).getBytes(StandardCharsets.UTF_8);
    }

    /** The page itself, for the body of a mail. */
    static String html(Doc doc) {
        StringBuilder out = new StringBuilder();
        out.append("<!DOCTYPE html>\n<html lang=\"").append(doc.language()).append('"');
        out.append(doc.rightToLeft() ? " dir=\"rtl\">\n" : ">\n");
        out.append("<head>\n<meta charset=\"utf-8\">\n<title>").append(escape(doc.title()));
        out.append("</title>\n<style>body { font-family: sans-serif; } td, th { padding: 2px 8px; }</style>\n");
        out.append("</head>\n<body>\n");
        doc.blocks().forEach(block -> block(out, block));
        return out.append("</body>\n</html>\n").toString();
    }

    private static void block(StringBuilder out, Block block) {
        if (block instanceof Block.Heading heading) {
            String tag = "h" + heading.level() + ">";
            out.append('<').append(tag).append(escape(heading.text())).append("</" + tag + "\n");
        } else if (block instanceof Block.Paragraph paragraph) {
            out.append("<p>").append(inline(paragraph.spans())).append("</p>\n");
        } else if (block instanceof Block.Items items) {
            items(out, items);
        } else if (block instanceof Block.Table table) {
            table(out, table);
        } else {
            out.append("<table>\n");
            for (Block.Field field : ((Block.Fields) block).fields()) {
                out.append("<tr><th>").append(escape(field.label())).append("</th><td>");
                out.append(escape(field.value().text())).append("</td></tr>\n");
            }
            out.append("</table>\n");
        }
    }

    private static void items(StringBuilder out, Block.Items items) {
        String tag = items.numbered() ? "ol>" : "ul>";
        out.append('<').append(tag).append('\n');
        for (Block.Item item : items.items()) {
            out.append("<li>").append(inline(item.spans()));
            if (item.nested() != null) {
                out.append('\n');
                items(out, item.nested());
            }
            out.append("</li>\n");
        }
        out.append("</").append(tag).append('\n');
    }

    private static void table(StringBuilder out, Block.Table table) {
        out.append("<table>\n<thead>\n<tr>");
        table.header().forEach(cell -> out.append("<th>").append(escape(cell)).append("</th>"));
        out.append("</tr>\n</thead>\n<tbody>\n");
        for (List<SampleCell> row : table.rows()) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(escape(cell.text())).append("</td>"));
            out.append("</tr>\n");
        }
        out.append("</tbody>\n</table>\n");
    }

    private static String inline(List<SampleSpan> spans) {
        StringBuilder out = new StringBuilder();
        for (SampleSpan span : spans) {
            if (span.link() == null) {
                out.append(escape(span.text()));
            } else {
                out.append("<a href=\"").append(escape(span.link())).append("\">");
                out.append(escape(span.text())).append("</a>");
            }
        }
        return out.toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
