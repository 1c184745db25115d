package io.batchengine.documents.extract;

import io.batchengine.documents.internal.pattern.SafePattern;
import io.batchengine.model.Text;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Refuses values of keywords that the validator can't use: counts beyond its range, expressions whose steps can't be counted. */
final class SchemaKeywords {
    private static final Set<String> COUNTS = Set.of(
            "maxLength",
            "minLength",
            "maxItems",
            "minItems",
            "maxProperties",
            "minProperties",
            "maxContains",
            "minContains");
    private static final Set<String> BOUNDS = Set.of("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum");
    /** Keywords whose value is a schema, or an array of them. */
    private static final Set<String> SCHEMAS = Set.of(
            "items",
            "prefixItems",
            "contains",
            "additionalProperties",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema",
            "not",
            "if",
            "then",
            "else",
            "allOf",
            "anyOf",
            "oneOf");
    /** Keywords whose value has schemas by name. */
    private static final Set<String> NAMED =
            Set.of("properties", "patternProperties", "dependentSchemas", "dependencies", "$defs", "definitions");

    private static final BigDecimal MAX_COUNT = BigDecimal.valueOf(Integer.MAX_VALUE);

    private static final int MAX_DEPTH = 200;
    private static final int MAX_PLACE = 300;

    private final JsonNode root;
    private int depth;
    private final Set<JsonNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private SchemaKeywords(JsonNode root) {
        this.root = root;
    }

    /**
     * Checks a schema, which is nested to a bounded depth and refers to nothing but itself.
     *
     * @throws IllegalArgumentException if a keyword is refused; the message begins with the place
     */
    static void check(JsonNode schema) {
        try {
            new SchemaKeywords(schema).schema(schema, "schema");
        } catch (StackOverflowError e) { // of a thread whose stack is small
            throw ConfigurationObject.fault("schema", "is nested too deeply, or its references form too long a chain");
        }
    }

    private void schema(JsonNode node, String place) {
        if (++depth > MAX_DEPTH) {
            throw ConfigurationObject.fault(
                    Text.printable(place, MAX_PLACE),
                    Text.format("schemas are nested or refer to one another more than %d deep here", MAX_DEPTH));
        }
        fields(node, place);
        depth--;
    }

    private void fields(JsonNode node, String place) {
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            schema(node.get(i), place + "[" + i + "]");
        }
        if (!(node instanceof ObjectNode object) || !seen.add(node)) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            keyword(field.getKey(), field.getValue(), inner(place, field.getKey()));
        }
    }

    private void keyword(String keyword, JsonNode value, String place) {
        if (COUNTS.contains(keyword)) {
            requireCount(value, place);
        } else if (BOUNDS.contains(keyword)) {
            require(value.isNumber(), value, place, "a number");
        } else if (keyword.equals("multipleOf")) {
            require(value.isNumber() && value.decimalValue().signum() > 0, value, place, "a number above 0");
        } else if (keyword.equals("pattern")) {
            require(value.isString(), value, place, "a text");
            var unused = SafePattern.ofValues(value.stringValue(), place);
        } else if (keyword.equals("$ref") && value.asString("").startsWith("#/")) {
            schema(root.at(value.stringValue().substring(1)), place + " (" + Text.quote(value.stringValue()) + ")");
        } else if (SCHEMAS.contains(keyword)) {
            schema(value, place);
        } else if (NAMED.contains(keyword) && value instanceof ObjectNode named) {
            for (Map.Entry<String, JsonNode> field : named.properties()) {
                String own = inner(place, field.getKey());
                if (keyword.equals("patternProperties")) {
                    var unused = SafePattern.ofValues(field.getKey(), own);
                }
                schema(field.getValue(), own);
            }
        }
    }

    private static void requireCount(JsonNode value, String place) {
        boolean whole = false;
        if (value.isNumber()) {
            BigDecimal number = value.decimalValue();
            whole = number.signum() >= 0
                    && number.compareTo(MAX_COUNT) <= 0
                    && number.stripTrailingZeros().scale() <= 0;
        }
        require(whole, value, place, "a whole number from 0 to " + MAX_COUNT);
    }

    private static void require(boolean right, JsonNode value, String place, String wanted) {
        if (!right) {
            throw ConfigurationObject.fault(place, Text.printable(value.toString(), 100) + " is not " + wanted);
        }
    }

    private static String inner(String place, String name) {
        return place + "." + Text.printable(name, 100);
    }
}
