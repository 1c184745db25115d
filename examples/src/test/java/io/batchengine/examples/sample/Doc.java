package io.batchengine.examples.sample;

import java.util.ArrayList;
import java.util.List;

/** A document, free of any format; its first block is its title. */
record Doc(String language, String title, List<Block> blocks) {
    static Builder titled(String language, String title) {
        return new Builder(language, title).heading(1, title);
    }

    /** A document without a heading, such as a letter or the body of a mail. */
    static Builder untitled(String language, String title) {
        return new Builder(language, title);
    }

    boolean rightToLeft() {
        return language.equals("ar");
    }

    /** Gathers the blocks in reading order. */
    static final class Builder {
        private final String language;
        private final String title;
        private final List<Block> blocks = new ArrayList<>();

        private Builder(String language, String title) {
            this.language = language;
            this.title = title;
        }

        Builder heading(int level, String text) {
            return add(new Block.Heading(level, text));
        }

        Builder text(String... paragraphs) {
            for (String paragraph : paragraphs) {
                add(new Block.Paragraph(SampleSpan.parse(paragraph)));
            }
            return this;
        }

        /** A table whose cells are words, written as one string a row with bars between the cells. */
        Builder table(String header, String... rows) {
            List<List<SampleCell>> cells = new ArrayList<>();
            for (String row : rows) {
                cells.add(SampleCell.row(split(row)));
            }
            return add(new Block.Table(List.of(split(header)), cells));
        }

        Builder add(Block block) {
            blocks.add(block);
            return this;
        }

        Doc build() {
            return new Doc(language, title, List.copyOf(blocks));
        }

        private static String[] split(String row) {
            String[] cells = row.split("\\|", -1);
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cells[i].strip();
            }
            return cells;
        }
    }
}
