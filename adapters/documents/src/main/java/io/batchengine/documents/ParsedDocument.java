package io.batchengine.documents;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a parser made of a document.
 *
 * @param markdown the text: Markdown for {@link ParseMode#LAYOUT}, plain paragraphs for {@link ParseMode#TEXT}; lines end with a
 *     line feed, and so does a text that is not empty
 * @param metadata what the document says of itself, such as {@code dc:title}: name to values, in the order of the names
 * @param numbers which of its texts the document holds as numbers
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ParsedDocument(String markdown, Map<String, List<String>> metadata, NumberCells numbers) {
    /** The metadata that tells what of the document was not read, such as {@code "no text layer: 1 page is an image of 3: page 2"}. */
    public static final String WARNINGS = "warnings";

    /** Copies the metadata. */
    public ParsedDocument {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        metadata.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        metadata = Collections.unmodifiableMap(copy);
    }

    /**
     * A document in which all is text.
     *
     * @param markdown the text
     * @param metadata what the document says of itself
     */
    public ParsedDocument(String markdown, Map<String, List<String>> metadata) {
        this(markdown, metadata, NumberCells.NONE);
    }

    /**
     * What of the document was not read, in words: pages of a scan, a mail's attachments. Empty for a document that was read whole.
     *
     * @return the warnings, as the metadata has them
     */
    public List<String> warnings() {
        return metadata.getOrDefault(WARNINGS, List.of());
    }
}
