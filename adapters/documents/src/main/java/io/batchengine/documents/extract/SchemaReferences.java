package io.batchengine.documents.extract;

import io.batchengine.model.Text;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses schemas that refer to anything but themselves, or to a part that they don't have. */
final class SchemaReferences {
    /** Keywords whose values are data, not schemas. */
    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    private final JsonNode root;
    private final String dialect;
    private final Set<String> anchors = new HashSet<>();

    private SchemaReferences(JsonNode root, String dialect) {
        this.root = root;
        this.dialect = dialect;
    }

    /**
     * Checks a schema, which is nested to a bounded depth.
     *
     * @throws IllegalArgumentException if a reference is refused; the message begins with the place
     */
    static void check(JsonNode schema, String dialect) {
        var references = new SchemaReferences(schema, dialect);
        references.gatherAnchors(schema);
        references.walk(schema, "schema");
    }

    private void gatherAnchors(JsonNode node) {
        for (String keyword : Set.of("$anchor", "$dynamicAnchor")) {
            if (node.get(keyword) != null && node.get(keyword).isString()) {
                anchors.add(node.get(keyword).stringValue());
            }
        }
        node.forEach(this::gatherAnchors);
    }

    private void walk(JsonNode node, String place) {
        if (!(node instanceof ObjectNode object)) {
            for (int i = 0; i < node.size(); i++) {
                walk(node.get(i), place + "[" + i + "]");
            }
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String own = place + "." + Text.printable(field.getKey(), 100);
            if (DATA.contains(field.getKey())) {
                continue;
            }
            if (field.getValue().isString()) {
                checkText(field.getKey(), field.getValue().stringValue(), own);
            }
            walk(field.getValue(), own);
        }
    }

    private void checkText(String keyword, String value, String place) {
        switch (keyword) {
            case "$ref", "$dynamicRef" -> {
                if (!leadsSomewhere(value)) {
                    throw ConfigurationObject.fault(
                            place,
                            Text.format("%s is not a part of this schema, such as #/$defs/address", Text.quote(value)));
                }
            }
            case "$schema" -> {
                if (!value.equals(dialect) && !value.equals(dialect + "#")) {
                    throw ConfigurationObject.fault(place, "must be " + dialect);
                }
            }
            case "$id" ->
                throw ConfigurationObject.fault(place, "is not needed, and would change what $ref means; leave it out");
            default -> {
                // no keyword that refers to something
            }
        }
    }

    private boolean leadsSomewhere(String reference) {
        if (reference.equals("#")) {
            return true;
        }
        if (reference.startsWith("#/")) {
            return !root.at(reference.substring(1)).isMissingNode();
        }
        return reference.startsWith("#") && anchors.contains(reference.substring(1));
    }
}
