package io.batchengine.documents.extract;

import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.Text;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The parameters of an extraction, read and compiled.
 *
 * @param configuration the texts, for the extractor
 * @param schema the compiled schema
 */
record ExtractSnapshot(ExtractConfiguration configuration, SchemaCheck schema) {
    /** Reads parameters: {@code schema} and {@code rules}; a fault is an {@link IllegalArgumentException}. */
    static ExtractSnapshot of(JsonNode parameters) {
        ConfigurationObject object =
                ConfigurationObject.of(parameters, "parameters").only(Set.of("schema", "rules"));
        JsonNode schema = object.get("schema");
        if (schema == null) {
            throw object.fault("must have the field schema: a JSON Schema of the result");
        }
        JsonNode rules = object.has("rules") ? object.get("rules") : JsonNodeFactory.instance.objectNode();
        if (rules == null || !rules.isObject()) {
            throw ConfigurationObject.fault("rules", "must be an object");
        }
        // Not in ascending order of keys: a result has its properties in the schema's order.
        var configuration = new ExtractConfiguration(schema.toString(), rules.toString());
        return new ExtractSnapshot(configuration, SchemaCheck.compile(schema));
    }

    /** Reads the text that {@link #text} gave. */
    static ExtractSnapshot read(String text) {
        try {
            return of(StrictJson.read(text));
        } catch (NotJsonException e) {
            throw new IllegalArgumentException("the batch's configuration " + e.getMessage(), e);
        }
    }

    /** A JSON text of all that a job needs. */
    String text() {
        return Text.format("{\"schema\":%s,\"rules\":%s}", configuration.schema(), configuration.rules());
    }
}
