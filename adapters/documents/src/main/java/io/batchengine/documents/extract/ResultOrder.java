package io.batchengine.documents.extract;

import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts the properties of a result into the order of its schema; those that the schema does not list come last. */
final class ResultOrder {
    private ResultOrder() {}

    static JsonNode arrange(JsonNode value, SchemaShape shape) {
        if (value instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(element -> copy.add(arrange(element, shape.items())));
            return copy;
        }
        if (!(value instanceof ObjectNode object)) {
            return value;
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String name : shape.names()) {
            JsonNode own = object.get(name);
            if (own != null) {
                copy.set(name, arrange(own, Objects.requireNonNull(shape.property(name))));
            }
        }
        object.properties().forEach(field -> {
            if (!copy.has(field.getKey())) {
                copy.set(field.getKey(), field.getValue());
            }
        });
        return copy;
    }
}
