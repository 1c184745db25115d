package io.batchengine.examples.sample;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Writes GitHub-flavoured Markdown. */
final class MarkdownWriter implements DocWriter {
    @Override
    public byte[] write(Doc doc) {
        String text = doc.blocks().stream().map(MarkdownWriter::block).collect(Collectors.joining("\n"));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            return "#".repeat(heading.level()) + " " + heading.text() + "\n";
        } else if (block instanceof Block.Paragraph paragraph) {
            return inline(paragraph.spans()) + "\n";
        } else if (block instanceof Block.Items items) {
            return items(items, "");
        } else if (block instanceof Block.Table table) {
            return table(table);
        } else {
            return ((Block.Fields) block)
                    .fields().stream()
                            .map(field -> "**" + field.label() + ":** "
                                    + field.value().text() + "  \n")
                            .collect(Collectors.joining());
        }
    }

    private static String items(Block.Items items, String indent) {
        StringBuilder out = new StringBuilder();
        int number = 1;
        for (Block.Item item : items.items()) {
            String mark = items.numbered() ? number++ + ". " : "- ";
            out.append(indent).append(mark).append(inline(item.spans())).append('\n');
            if (item.nested() != null) {
                out.append(items(item.nested(), indent + " ".repeat(mark.length())));
            }
        }
        return out.toString();
    }

    private static String table(Block.Table table) {
        StringBuilder out = new StringBuilder();
        out.append(row(table.header()));
        out.append(row(table.header().stream().map(cell -> "---").toList()));
        for (List<SampleCell> row : table.rows()) {
            out.append(row(row.stream().map(SampleCell::text).toList()));
        }
        return out.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String inline(List<SampleSpan> spans) {
        return spans.stream()
                .map(span -> span.link() == null ? span.text() : "[" + span.text() + "](" + span.link() + ")")
                .collect(Collectors.joining());
    }
}
