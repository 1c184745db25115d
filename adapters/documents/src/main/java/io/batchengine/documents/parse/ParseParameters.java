package io.batchengine.documents.parse;

import io.batchengine.documents.DocumentLimits;
import io.batchengine.documents.ParseMode;
import io.batchengine.documents.internal.json.NotJsonException;
import io.batchengine.documents.internal.json.SavedConfiguration;
import io.batchengine.documents.internal.json.StrictJson;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The parameters of a parse job. Limits can only be lowered: whoever saves a configuration can't undo what the service's operator set.
 *
 * @param mode how much of the form is kept
 * @param metadata whether metadata is written
 * @param limits limits that are given, by name
 */
record ParseParameters(ParseMode mode, boolean metadata, Map<String, Long> limits) {
    private static final Set<String> FIELDS = Set.of("mode", "metadata", "limits");
    private static final Set<String> LIMITS = Set.of(
            "max_input_bytes",
            "max_output_characters",
            "max_depth",
            "max_time_seconds",
            "max_expanded_bytes",
            "max_expansion_ratio");

    ParseParameters {
        limits = Map.copyOf(limits);
    }

    /** Reads the parameters of a saved configuration. */
    static ParseParameters read(String id, ObjectNode parameters) {
        refuseUnknown(id, "parameter", parameters, FIELDS);
        return new ParseParameters(
                mode(id, parameters.get("mode")), flag(id, parameters), limits(id, parameters.get("limits")));
    }

    /** Reads a snapshot, which was checked when it was taken. */
    static ParseParameters ofSnapshot(String text) {
        try {
            if (StrictJson.read(text) instanceof ObjectNode object) {
                return read("of the batch", object);
            }
        } catch (NotJsonException e) {
            throw BatchEngineException.of(ErrorCode.CONFIGURATION_INVALID, "the batch's snapshot " + e.getMessage(), e);
        }
        throw BatchEngineException.of(ErrorCode.CONFIGURATION_INVALID, "the batch's snapshot is not a JSON object");
    }

    /** The snapshot: equal for equal parameters. */
    String snapshot() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.put("mode", mode.name().toLowerCase(Locale.ROOT));
        object.put("metadata", metadata);
        if (!limits.isEmpty()) {
            ObjectNode values = object.putObject("limits");
            new TreeMap<>(limits).forEach(values::put);
        }
        return StrictJson.canonical(object);
    }

    /** The limits of a service, lowered to these. */
    DocumentLimits lower(DocumentLimits given) {
        return new DocumentLimits(
                lower("max_input_bytes", given.maxInputBytes()),
                (int) lower("max_output_characters", given.maxOutputCharacters()),
                (int) lower("max_depth", given.maxDepth()),
                lowerTime(given.maxTime()),
                lower("max_expanded_bytes", given.maxExpandedBytes()),
                (int) lower("max_expansion_ratio", given.maxExpansionRatio()));
    }

    private long lower(String name, long given) {
        return Math.min(given, limits.getOrDefault(name, given));
    }

    private Duration lowerTime(Duration given) {
        Long seconds = limits.get("max_time_seconds");
        return seconds == null || given.toSeconds() < seconds ? given : Duration.ofSeconds(seconds);
    }

    private static ParseMode mode(String id, @Nullable JsonNode value) {
        if (value == null) {
            return ParseMode.LAYOUT;
        }
        for (ParseMode mode : ParseMode.values()) {
            if (value.isString() && value.stringValue().equals(mode.name().toLowerCase(Locale.ROOT))) {
                return mode;
            }
        }
        throw invalid(
                id,
                Text.format(
                        "has the mode %s; allowed are \"layout\" and \"text\"", Text.printable(value.toString(), 200)));
    }

    private static boolean flag(String id, ObjectNode parameters) {
        JsonNode value = parameters.get("metadata");
        if (value != null && !value.isBoolean()) {
            throw invalid(
                    id,
                    Text.format(
                            "has %s as metadata; allowed are true and false", Text.printable(value.toString(), 200)));
        }
        return value == null || value.booleanValue();
    }

    private static Map<String, Long> limits(String id, @Nullable JsonNode value) {
        Map<String, Long> limits = new TreeMap<>();
        if (value == null) {
            return limits;
        }
        if (!(value instanceof ObjectNode object)) {
            throw invalid(id, "must have a JSON object as its limits");
        }
        refuseUnknown(id, "limit", object, LIMITS);
        object.properties().forEach(field -> {
            JsonNode number = field.getValue();
            if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() <= 0) {
                throw invalid(
                        id,
                        Text.format(
                                "has %s as the limit %s; it must be a whole number above 0",
                                Text.printable(number.toString(), 200), field.getKey()));
            }
            limits.put(field.getKey(), number.longValue());
        });
        return limits;
    }

    private static void refuseUnknown(String id, String what, ObjectNode object, Set<String> known) {
        for (String name : object.propertyNames()) {
            if (!known.contains(name)) {
                throw invalid(
                        id,
                        Text.format(
                                "has the unknown %s %s; known: %s",
                                what,
                                Text.quote(name),
                                String.join(", ", known.stream().sorted().toList())));
            }
        }
    }

    private static BatchEngineException invalid(String id, String fault) {
        return SavedConfiguration.invalid(id, fault, null);
    }
}
