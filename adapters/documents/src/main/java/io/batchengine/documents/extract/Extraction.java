package io.batchengine.documents.extract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What was extracted.
 *
 * @param json the JSON text of an object, of at most {@link #MAX_LENGTH} characters; a property that was not found is left out
 * @param problems why a property was left out although something was found for it, or what is doubtful about it: from its path, such as {@code total} or
 *     {@code line_items[2].quantity}, to half a sentence that follows it, such as {@code found "abc", which is not an amount}. Told
 *     where the job fails, and beside its result; text from the document must be quoted by {@link io.batchengine.model.Text#quote}
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Extraction(String json, Map<String, String> problems) {
    /** The longest result, in characters. */
    public static final int MAX_LENGTH = 1 << 22;

    /** Copies the problems. */
    public Extraction {
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    /**
     * A result without problems.
     *
     * @param json the JSON text of an object
     * @return the result
     */
    public static Extraction of(String json) {
        return new Extraction(json, Map.of());
    }
}
