package io.batchengine.examples.sample;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/** Writes plain text as a person would in an editor: underlined titles, dashes, columns made of spaces. */
final class PlainTextWriter implements DocWriter {
    private static final int WIDTH = 76;

    private final Charset charset;

    PlainTextWriter(Charset charset) {
        this.charset = charset;
    }

    @Override
    public byte[] write(Doc doc) throws CharacterCodingException {
        // Unlike getBytes, an encoder refuses what the charset lacks.
        ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text(doc)));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    /** The text itself, for the body of a mail. */
    static String text(Doc doc) {
        List<String> blocks = new ArrayList<>();
        for (Block block : doc.blocks()) {
            blocks.add(block(block));
        }
        return String.join("\n", blocks);
    }

    private static String block(Block block) {
        if (block instanceof Block.Heading heading) {
            String line = heading.level() == 1 ? "=" : "-";
            return heading.text() + "\n" + line.repeat(heading.text().length()) + "\n";
        } else if (block instanceof Block.Paragraph paragraph) {
            return wrap(SampleSpan.wordsAndAddresses(paragraph.spans()), "", "") + "\n";
        } else if (block instanceof Block.Items items) {
            return items(items, "");
        } else if (block instanceof Block.Table table) {
            return columns(table);
        } else {
            return fields((Block.Fields) block);
        }
    }

    private static String fields(Block.Fields fields) {
        int width = 2
                + fields.fields().stream()
                        .mapToInt(field -> field.label().length())
                        .max()
                        .orElse(0);
        StringBuilder out = new StringBuilder();
        for (Block.Field field : fields.fields()) {
            out.append(pad(field.label() + ":", width, false))
                    .append(field.value().text())
                    .append('\n');
        }
        return out.toString();
    }

    private static String items(Block.Items items, String indent) {
        StringBuilder out = new StringBuilder();
        int number = 1;
        for (Block.Item item : items.items()) {
            String mark = items.numbered() ? number++ + ". " : "- ";
            String words = SampleSpan.wordsAndAddresses(item.spans());
            out.append(wrap(words, indent + mark, indent + " ".repeat(mark.length())))
                    .append('\n');
            if (item.nested() != null) {
                out.append(items(item.nested(), indent + " ".repeat(mark.length())));
            }
        }
        return out.toString();
    }

    private static String columns(Block.Table table) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(table.header());
        table.rows().forEach(row -> rows.add(row.stream().map(SampleCell::text).toList()));
        int[] widths = new int[table.header().size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                boolean number = table.rows().get(0).get(i) instanceof SampleCell.Amount;
                line.append(i == 0 ? "" : "   ").append(pad(row.get(i), widths[i], number));
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private static String pad(String text, int width, boolean toTheRight) {
        String spaces = " ".repeat(width - text.length());
        return toTheRight ? spaces + text : text + spaces;
    }

    private static String wrap(String text, String first, String rest) {
        StringBuilder out = new StringBuilder();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(rest);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        return out.append(line).toString();
    }
}
