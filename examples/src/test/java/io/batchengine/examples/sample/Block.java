package io.batchengine.examples.sample;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a document, free of any format. */
sealed interface Block {
    /** A heading, level 1 being the document's title. */
    record Heading(int level, String text) implements Block {}

    /** Running text. */
    record Paragraph(List<SampleSpan> spans) implements Block {}

    /** A numbered or bulleted list. */
    record Items(boolean numbered, List<Item> items) implements Block {}

    /** A table with a header row. */
    record Table(List<String> header, List<List<SampleCell>> rows) implements Block {}

    /** Values behind their labels; totals stand to the right in formats that have columns. */
    record Fields(boolean totals, List<Field> fields) implements Block {}

    /** A value behind its label. */
    record Field(String label, SampleCell value) {}

    /** An entry of a list, perhaps with a list below it. */
    record Item(List<SampleSpan> spans, @Nullable Items nested) {}

    static Items bullets(Item... items) {
        return new Items(false, List.of(items));
    }

    static Items bullets(String... items) {
        return new Items(false, Arrays.stream(items).map(Block::item).toList());
    }

    static Items numbered(Item... items) {
        return new Items(true, List.of(items));
    }

    static Items numbered(String... items) {
        return new Items(true, Arrays.stream(items).map(Block::item).toList());
    }

    static Item item(String text) {
        return new Item(SampleSpan.parse(text), null);
    }

    static Item item(String text, Items nested) {
        return new Item(SampleSpan.parse(text), nested);
    }
}
