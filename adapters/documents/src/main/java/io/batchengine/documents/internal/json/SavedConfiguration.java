package io.batchengine.documents.internal.json;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A saved configuration, read.
 *
 * @param id its id
 * @param parameters the parameters, for the job type to read; empty where the text has none
 */
public record SavedConfiguration(String id, ObjectNode parameters) {
    private static final Set<String> FIELDS = Set.of("type", "parameters", "description");

    /**
     * Reads the JSON text of a saved configuration.
     *
     * @param id its id, for messages
     * @param type the job type that it is used for
     * @param text the JSON text: {@code type}, {@code parameters} and, for people, {@code description}
     * @return the configuration
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if the text is of another form,
     *     {@link ErrorCode#CONFIGURATION_TYPE_MISMATCH} if it is for another job type
     */
    public static SavedConfiguration read(String id, JobType type, String text) {
        JsonNode root;
        try {
            root = StrictJson.read(text);
        } catch (NotJsonException e) {
            throw invalid(id, String.valueOf(e.getMessage()), e);
        }
        if (!(root instanceof ObjectNode object)) {
            throw invalid(id, "must be a JSON object with the fields type and parameters", null);
        }
        for (String field : object.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw invalid(
                        id,
                        Text.format(
                                "has the unknown field %s; known: type, parameters, description", Text.quote(field)),
                        null);
            }
        }
        requireType(id, type, object.get("type"));
        JsonNode parameters = object.get("parameters");
        if (parameters == null) {
            return new SavedConfiguration(id, JsonNodeFactory.instance.objectNode());
        }
        if (!(parameters instanceof ObjectNode fields)) {
            throw invalid(id, "must have a JSON object as its parameters", null);
        }
        return new SavedConfiguration(id, fields);
    }

    /**
     * An error of a saved configuration.
     *
     * @param id its id
     * @param fault what is wrong, following the id; already printable
     * @param cause what was thrown, or null
     * @return the exception, to be thrown
     */
    public static BatchEngineException invalid(String id, String fault, @Nullable Throwable cause) {
        return BatchEngineException.of(
                ErrorCode.CONFIGURATION_INVALID, Text.format("the configuration %s %s", Text.quote(id), fault), cause);
    }

    private static void requireType(String id, JobType type, @Nullable JsonNode given) {
        if (given == null || !given.isString()) {
            throw invalid(id, "must name its job type in the field type", null);
        }
        if (!given.stringValue().equals(type.name())) {
            throw BatchEngineException.of(
                    ErrorCode.CONFIGURATION_TYPE_MISMATCH,
                    Text.format(
                            "the configuration %s is for %s jobs, not for %s",
                            Text.quote(id), Text.quote(given.stringValue()), type));
        }
    }
}
