package io.batchengine.documents.extract;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a schema says of the form of a value: its properties and items, local references followed. */
final class SchemaShape {
    private static final int MAX_REFERENCES = 20;

    /** The schema that takes anything. */
    private static final JsonNode ANYTHING = JsonNodeFactory.instance.objectNode();

    private final JsonNode root;
    private final JsonNode schema;

    private SchemaShape(JsonNode root, JsonNode schema) {
        this.root = root;
        this.schema = schema;
    }

    static SchemaShape of(JsonNode schema) {
        return new SchemaShape(schema, schema).at(schema);
    }

    /** The shape of a property; of anything where the schema does not list its properties; null for an unlisted one. */
    @Nullable
    SchemaShape property(String name) {
        if (!(schema.get("properties") instanceof ObjectNode properties)) {
            return at(ANYTHING);
        }
        JsonNode own = properties.get(name);
        boolean open =
                schema.has("patternProperties") || schema.has("allOf") || isTrue(schema.get("additionalProperties"));
        return own == null && !open ? null : at(own == null ? ANYTHING : own);
    }

    /** The shape of an array's elements. */
    SchemaShape items() {
        JsonNode items = schema.get("items");
        return at(items == null ? ANYTHING : items);
    }

    /** The listed properties in the schema's order. */
    Collection<String> names() {
        return schema.get("properties") instanceof ObjectNode properties ? properties.propertyNames() : List.of();
    }

    private SchemaShape at(JsonNode child) {
        JsonNode target = child;
        for (int i = 0; i < MAX_REFERENCES && target.get("$ref") != null; i++) {
            String reference = target.get("$ref").asString("");
            JsonNode referred = reference.startsWith("#/") ? root.at(reference.substring(1)) : ANYTHING;
            target = referred.isMissingNode() ? ANYTHING : referred;
        }
        return new SchemaShape(root, target);
    }

    private static boolean isTrue(@Nullable JsonNode additional) {
        return additional != null && (!additional.isBoolean() || additional.booleanValue());
    }
}
