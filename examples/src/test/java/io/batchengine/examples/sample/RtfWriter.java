package io.batchengine.examples.sample;

import io.batchengine.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes RTF 1.9: styles for headings, tables, lists, hyperlink fields. */
final class RtfWriter implements DocWriter {
    private static final int TABLE_WIDTH_TWIPS = 9_000;
    private static final int[] HEADING_HALF_POINTS = {36, 28, 24};

    @Override
    public byte[] write(Doc doc) {
        StringBuilder out = new StringBuilder();
        out.append("{\\rtf1\\ansi\\ansicpg1252\\deff0\\uc1\n");
        out.append("{\\fonttbl{\\f0\\fswiss\\fcharset0 Liberation Sans;}}\n");
        out.append("{\\stylesheet{\\s0\\fs22 Normal;}");
        for (int level = 1; level <= HEADING_HALF_POINTS.length; level++) {
            out.append("{")
                    .append(heading(level))
                    .append(" heading ")
                    .append(level)
                    .append(";}");
        }
        out.append("}\n");
        RtfLists lists = RtfLists.of(doc);
        out.append(lists.tables());
        out.append("{\\info{\\title ").append(escape(doc.title())).append("}}\n");
        doc.blocks().forEach(block -> block(out, lists, block));
        return out.append("}\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void block(StringBuilder out, RtfLists lists, Block block) {
        if (block instanceof Block.Heading heading) {
            out.append("\\pard\\sa120").append(heading(heading.level())).append(' ');
            out.append(escape(heading.text())).append("\\b0\\fs22\\par\n");
        } else if (block instanceof Block.Paragraph paragraph) {
            out.append("\\pard\\s0\\sa120\\fs22 ")
                    .append(inline(paragraph.spans()))
                    .append("\\par\n");
        } else if (block instanceof Block.Items items) {
            items(out, items, lists.number(items), 0);
        } else if (block instanceof Block.Table table) {
            row(out, table.header().stream().map(SampleCell::of).toList(), true);
            table.rows().forEach(row -> row(out, row, false));
            out.append("\\pard\\par\n");
        } else {
            for (Block.Field field : ((Block.Fields) block).fields()) {
                out.append("\\pard\\s0\\tx2800\\fs22 ")
                        .append(escape(field.label()))
                        .append(":\\tab ");
                out.append(escape(field.value().text())).append("\\par\n");
            }
            out.append("\\pard\\par\n");
        }
    }

    private static void items(StringBuilder out, Block.Items items, int list, int level) {
        int number = 1;
        for (Block.Item item : items.items()) {
            // Readers that know no lists show what is in listtext.
            String mark = items.numbered() ? number++ + "." : "\\'95";
            out.append("\\pard\\s0{\\listtext ").append(mark).append("\\tab}");
            out.append(Text.format("\\ls%d\\ilvl%d\\fi-360\\li%d\\fs22 ", list, level, 720 * (level + 1)));
            out.append(inline(item.spans())).append("\\par\n");
            if (item.nested() != null) {
                items(out, item.nested(), list, level + 1);
            }
        }
    }

    private static String heading(int level) {
        return Text.format("\\s%d\\outlinelevel%d\\b\\fs%d", level, level - 1, HEADING_HALF_POINTS[level - 1]);
    }

    private static void row(StringBuilder out, List<SampleCell> cells, boolean header) {
        out.append("\\trowd\\trgaph108").append(header ? "\\trhdr" : "");
        for (int i = 1; i <= cells.size(); i++) {
            out.append("\\clbrdrb\\brdrs\\cellx").append(TABLE_WIDTH_TWIPS * i / cells.size());
        }
        out.append('\n');
        for (SampleCell cell : cells) {
            out.append("\\pard\\intbl\\fs22").append(header ? "\\b " : " ").append(escape(cell.text()));
            out.append(header ? "\\b0\\cell\n" : "\\cell\n");
        }
        out.append("\\row\n");
    }

    private static String inline(List<SampleSpan> spans) {
        StringBuilder out = new StringBuilder();
        for (SampleSpan span : spans) {
            if (span.link() == null) {
                out.append(escape(span.text()));
            } else {
                out.append("{\\field{\\*\\fldinst{HYPERLINK \"")
                        .append(span.link())
                        .append("\"}}{\\fldrslt{");
                out.append(escape(span.text())).append("}}}");
            }
        }
        return out.toString();
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || c == '{' || c == '}') {
                out.append('\\').append(c);
            } else if (c < 0x80) {
                out.append(c);
            } else {
                out.append("\\u").append((int) (short) c).append('?');
            }
        }
        return out.toString();
    }
}
