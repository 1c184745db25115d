package io.batchengine.documents.internal.json;

import io.batchengine.model.Text;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON as it is read here: no duplicate keys, nothing after the end, little nesting, bounded texts. */
public final class StrictJson {
    private static final int MAX_DEPTH = 64;
    private static final long MAX_SCALE = 1_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(1 << 22)
                            .maxStringLength(1 << 20)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private StrictJson() {}

    /**
     * Reads a JSON text.
     *
     * @param text the text
     * @return its value
     * @throws NotJsonException if it is none; the message says what is wrong and where
     */
    public static JsonNode read(String text) throws NotJsonException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new NotJsonException("is empty", null);
            }
            requireUsable(node, "");
            return node;
        } catch (NumberFormatException e) { // the parser's own, for an exponent that no number has
            throw new NotJsonException("is not valid JSON: " + Text.describe(e), e);
        } catch (JacksonException e) {
            TokenStreamLocation place = e.getLocation();
            String where =
                    place == null ? "" : Text.format(" at line %d, column %d", place.getLineNr(), place.getColumnNr());
            throw new NotJsonException(
                    Text.format("is not valid JSON%s: %s", where, Text.printable(e.getOriginalMessage())), e);
        }
    }

    /**
     * A JSON text that is the same for equal values: keys in ascending order, no spaces.
     *
     * @param value any value
     * @return its text
     */
    public static String canonical(JsonNode value) {
        return MAPPER.writeValueAsString(sorted(value));
    }

    /**
     * A value as indented JSON text, with a line feed at its end.
     *
     * @param value a JSON value, or maps, collections, texts and numbers
     * @return its text
     */
    public static String pretty(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value).replace("\r\n", "\n") + "\n";
    }

    /** Refuses numbers that can be read but not reckoned with: some sums would take all memory. */
    private static void requireUsable(JsonNode node, String place) throws NotJsonException {
        if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_SCALE) {
            throw new NotJsonException(
                    Text.format(
                            "has the number %s at %s; at most %d zeros may stand at its end or behind its point",
                            Text.printable(node.toString(), 100), place.isEmpty() ? "its top" : place, MAX_SCALE),
                    null);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            requireUsable(node.get(i), place + "[" + i + "]");
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            requireUsable(field.getValue(), place + (place.isEmpty() ? "" : ".") + Text.printable(field.getKey(), 100));
        }
    }

    private static JsonNode sorted(JsonNode value) {
        if (value instanceof ObjectNode object) {
            Map<String, JsonNode> fields = new TreeMap<>();
            object.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            return JsonNodeFactory.instance.objectNode().setAll(fields);
        }
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(sorted(element)));
            return copy;
        }
        return value;
    }
}
