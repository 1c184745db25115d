package io.batchengine.documents;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a parser made of a document.
 *
 * @param markdown the text: Markdown for {@link ParseMode#LAYOUT}, plain paragraphs for {@link ParseMode#TEXT}; lines end with a
 *     line feed, and so does a text that is not empty
 * @param metadata what the document says of itself, such as {@code dc:title}: name to values, in the order of the names
 */
public record ParsedDocument(String markdown, Map<String, List<String>> metadata) {
    /** Copies the metadata. */
    public ParsedDocument {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        metadata.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        metadata = Collections.unmodifiableMap(copy);
    }
}
