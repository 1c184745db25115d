package io.batchengine.documents.extract;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Validation errors in words a person understands: {@code total: is required but was not found}. */
final class SchemaMessages {
    private static final int MAX_MESSAGES = 20;
    private static final int MAX_DETAIL = 300;

    private SchemaMessages() {}

    /** One message for each error, then one for each problem that explains none of them. */
    static List<ExtractFault> of(List<Error> errors, Map<String, String> problems) {
        Set<ExtractFault> told = new LinkedHashSet<>();
        List<String> explained = new ArrayList<>();
        for (Error error : errors) {
            String path = path(error);
            String problem = problems.get(path);
            boolean missing = error.getKeyword().equals("required");
            if (missing && problem != null) {
                explained.add(path);
            }
            told.add(new ExtractFault(path, missing ? missing(problem) : words(error)));
        }
        if (!told.isEmpty()) {
            problems.forEach((path, problem) -> {
                if (!explained.contains(path)) {
                    told.add(new ExtractFault(path, problem));
                }
            });
        }
        return List.copyOf(told);
    }

    /** The first faults as one message, and how many there are beside them. */
    static String sentence(List<ExtractFault> faults) {
        String first =
                faults.stream().limit(MAX_MESSAGES).map(ExtractFault::toString).collect(Collectors.joining("; "));
        int more = faults.size() - MAX_MESSAGES;
        return Text.printable(more > 0 ? first + Text.format("; and %d more", more) : first);
    }

    /** A fault of a schema itself. */
    static IllegalArgumentException fault(Error error) {
        String path = path(error);
        String place = path.equals("the result") ? "schema" : path.startsWith("[") ? "schema" + path : "schema." + path;
        return ConfigurationObject.fault(place, words(error));
    }

    private static String missing(@Nullable String problem) {
        return problem == null ? "is required but was not found" : "is required; " + problem;
    }

    private static String words(Error error) {
        String shown = shown(error.getInstanceNode());
        String detail = detail(error);
        return switch (error.getKeyword()) {
            case "type" -> Text.format("%s is not of the type %s", shown, detail);
            case "required" -> "is required";
            case "enum" -> Text.format("%s is not one of %s", shown, detail);
            case "const" -> Text.format("%s is not %s", shown, detail);
            case "pattern" -> Text.format("%s does not match the pattern %s", shown, detail);
            case "format" -> Text.format("%s is not a valid %s", shown, detail);
            case "minimum" -> Text.format("%s is below %s", shown, detail);
            case "maximum" -> Text.format("%s is above %s", shown, detail);
            case "exclusiveMinimum" -> Text.format("%s is not above %s", shown, detail);
            case "exclusiveMaximum" -> Text.format("%s is not below %s", shown, detail);
            case "minLength" -> Text.format("%s is shorter than %s characters", shown, detail);
            case "maxLength" -> Text.format("%s is longer than %s characters", shown, detail);
            case "minItems" -> Text.format("has fewer than %s entries", detail);
            case "maxItems" -> Text.format("has more than %s entries", detail);
            case "additionalProperties", "unevaluatedProperties" -> "is not a property of the schema";
            default ->
                Text.format("%s %s", shown, Text.printable(error.getMessage(), MAX_DETAIL))
                        .strip();
        };
    }

    /** What the keyword asks for; for a type, that comes behind the type that was found. */
    private static String detail(Error error) {
        Object[] arguments = error.getArguments() == null ? new Object[0] : error.getArguments();
        int index = error.getKeyword().equals("type") ? 1 : 0;
        return index < arguments.length ? Text.printable(String.valueOf(arguments[index]), MAX_DETAIL) : "";
    }

    private static String shown(@Nullable JsonNode value) {
        if (value == null || value.isContainer()) {
            return value == null ? "" : value.isArray() ? "the list" : "the object";
        }
        return value.isString() ? Text.quote(value.stringValue()) : Text.printable(value.toString(), MAX_DETAIL);
    }

    /** The place of an error, such as {@code line_items[2].quantity}; of a missing or surplus property, the property's own. */
    private static String path(Error error) {
        NodePath location = error.getInstanceLocation();
        Stream<Object> elements =
                Stream.iterate(0, i -> i < location.getNameCount(), i -> i + 1).map(location::getElement);
        StringBuilder path = new StringBuilder();
        Stream.concat(elements, Stream.ofNullable(error.getProperty())).forEach(element -> {
            if (element instanceof Integer index) {
                path.append('[').append(index).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(Text.printable(String.valueOf(element), 100));
            }
        });
        return path.isEmpty() ? "the result" : path.toString();
    }
}
