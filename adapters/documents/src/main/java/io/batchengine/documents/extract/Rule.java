package io.batchengine.documents.extract;

import io.batchengine.documents.internal.pattern.SafePattern;
import io.batchengine.documents.internal.value.ValueType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a property is filled. */
sealed interface Rule {
    /**
     * One value from the document.
     *
     * @param source where to look
     * @param pattern the part of what the source gives, or null for all of it
     * @param sections only below headings that begin with one of these folded texts; empty for everywhere
     * @param type what the text is read as
     */
    record Value(Source source, @Nullable SafePattern pattern, List<String> sections, ValueType type) implements Rule {}

    /** The same JSON value for every document: a text, number or boolean. */
    record Constant(Object value) implements Rule {}

    /**
     * The rows of a table, as an array of objects.
     *
     * @param columns by property
     * @param stopAt folded texts that begin a row behind the last one
     * @param sections as for {@link Value}
     */
    record Table(Map<String, Column> columns, List<String> stopAt, List<String> sections) implements Rule {}

    /** An object, its properties filled by rules of their own. */
    record Properties(RuleSet rules) implements Rule {}

    /**
     * A column of a table.
     *
     * @param headers folded alternatives of its header
     * @param optional whether a table without it is the table too
     * @param pattern the part of a cell, or null for all of it
     * @param type what a cell is read as
     */
    record Column(
            List<String> headers,
            boolean optional,
            @Nullable SafePattern pattern,
            ValueType type) {}

    /** Where a value's text is looked for. */
    sealed interface Source {
        /** Beside or below labels, folded; an earlier one is preferred. */
        record BesideLabels(List<String> labels) implements Source {}

        /** The whole text; a pattern takes the value out of it. */
        record WholeText() implements Source {}

        /** The values of a metadata name. */
        record Metadata(String name) implements Source {}

        /** The source file's name, without its folders. */
        record FileName() implements Source {}
    }
}
