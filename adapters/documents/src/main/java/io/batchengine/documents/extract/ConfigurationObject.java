package io.batchengine.documents.extract;

import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An object of a configuration, read strictly; each fault is told with its place. */
final class ConfigurationObject {
    private static final int MAX_TEXT = 2_000;
    private static final int MAX_LIST = 1_000;

    private final String place;
    private final ObjectNode node;

    private ConfigurationObject(String place, ObjectNode node) {
        this.place = place;
        this.node = node;
    }

    static ConfigurationObject of(JsonNode node, String place) {
        if (node instanceof ObjectNode object) {
            return new ConfigurationObject(place, object);
        }
        throw fault(place, "must be an object");
    }

    static IllegalArgumentException fault(String place, String message) {
        return new IllegalArgumentException(place + ": " + message);
    }

    IllegalArgumentException fault(String message) {
        return fault(place, message);
    }

    String place() {
        return place;
    }

    String place(String field) {
        return place + "." + Text.printable(field, 100);
    }

    ConfigurationObject only(Set<String> known) {
        for (String field : node.propertyNames()) {
            if (!known.contains(field)) {
                throw fault(Text.format(
                        "has the unknown field %s; known: %s",
                        Text.quote(field),
                        String.join(", ", known.stream().sorted().toList())));
            }
        }
        return this;
    }

    boolean has(String field) {
        return node.has(field);
    }

    @Nullable
    JsonNode get(String field) {
        return node.get(field);
    }

    /** The fields in the configuration's order. */
    Map<String, JsonNode> fields() {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        if (fields.size() > MAX_LIST) {
            throw fault(Text.format("has %d fields; at most %d are allowed", fields.size(), MAX_LIST));
        }
        return fields;
    }

    ConfigurationObject object(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            throw fault("must have the field " + field);
        }
        return of(value, place(field));
    }

    String text(String field) {
        return text(node.get(field), place(field));
    }

    boolean flag(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw fault(place(field), "must be true or false");
        }
        return value.booleanValue();
    }

    /** One text or an array of them; an absent field is an empty list. */
    List<String> texts(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ArrayNode array)) {
            return List.of(text(value, place(field)));
        }
        if (array.isEmpty() || array.size() > MAX_LIST) {
            throw fault(place(field), Text.format("must have 1 to %d texts", MAX_LIST));
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            texts.add(text(array.get(i), place(field) + "[" + i + "]"));
        }
        return texts;
    }

    private static String text(@Nullable JsonNode value, String place) {
        if (value == null || !value.isString()) {
            throw fault(place, "must be a text");
        }
        String text = value.stringValue();
        if (text.isEmpty() || text.length() > MAX_TEXT) {
            throw fault(place, Text.format("must have 1 to %d characters", MAX_TEXT));
        }
        return text;
    }
}
