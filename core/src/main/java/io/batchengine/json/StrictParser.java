package io.batchengine.json;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one JSON text whose form is known: objects of given fields, nothing else, each value of its own type. As a value of a wrong
 * type is never entered, the text's nesting costs no more than the form's own. Every refusal says where.
 */
final class StrictParser {
    /** The longest string, in UTF-16 characters: far above what an id or an error message may have. */
    static final int MAX_STRING_LENGTH = 1 << 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNameLength(1_000)
                    .maxNumberLength(1_000)
                    .build())
            .build();

    private final JsonParser in;
    private final Deque<String> path = new ArrayDeque<>();

    private StrictParser(JsonParser in) {
        this.in = in;
    }

    /**
     * A field of an object.
     *
     * @param nullable whether it may be null, or left out, which is the same
     */
    record Field<T>(String name, boolean nullable, Function<StrictParser, T> reader) {
        static <T> Field<T> required(String name, Function<StrictParser, T> reader) {
            return new Field<>(name, false, reader);
        }

        static <T> Field<T> nullable(String name, Function<StrictParser, T> reader) {
            return new Field<>(name, true, reader);
        }
    }

    /** The values of an object's fields. */
    static final class Values {
        private final Map<Field<?>, Object> values = new HashMap<>();

        /** The value of a nullable field. */
        @SuppressWarnings("unchecked") // each field is put with a value of its own reader
        <T> @Nullable T optional(Field<T> field) {
            return (T) values.get(field);
        }

        /** The value of a required field. */
        <T> T get(Field<T> field) {
            T value = optional(field);
            if (value == null) {
                throw new IllegalStateException(field.name() + " was not checked");
            }
            return value;
        }
    }

    /** Parses a whole text, with nothing after the value. */
    static <T> T parse(String text, Function<StrictParser, T> document) {
        try (JsonParser in = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            StrictParser parser = new StrictParser(in);
            try {
                if (in.nextToken() == null) {
                    throw parser.refused("the text is empty");
                }
                T value = document.apply(parser);
                if (in.nextToken() != null) {
                    throw parser.refused("more text follows the end of the value");
                }
                return value;
            } catch (JacksonException e) {
                throw parser.refused(SyntaxFault.describe(e), e.getLocation());
            }
        }
    }

    /** Reads an object of exactly these fields, in any order. */
    Values object(List<Field<?>> fields) {
        expect(JsonToken.START_OBJECT, "an object");
        Values values = new Values();
        List<Field<?>> missing = new ArrayList<>(fields);
        while (in.nextToken() != JsonToken.END_OBJECT) {
            Field<?> field = field(fields, in.currentName());
            path.addLast("." + field.name());
            if (!missing.remove(field)) {
                throw refused("the field is given twice");
            }
            boolean isNull = in.nextToken() == JsonToken.VALUE_NULL;
            if (!isNull || !field.nullable()) {
                values.values.put(field, field.reader().apply(this));
            }
            path.removeLast();
        }
        for (Field<?> field : missing) {
            if (!field.nullable()) {
                throw refused(Text.format("the field %s is missing", Text.quote(field.name())));
            }
        }
        return values;
    }

    private Field<?> field(List<Field<?>> fields, String name) {
        for (Field<?> field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        String known = fields.stream().map(Field::name).collect(Collectors.joining(", "));
        throw refused(Text.format("unknown field %s; the fields here are %s", Text.quote(name), known));
    }

    /** Reads an array. */
    <T> List<T> array(Function<StrictParser, T> item) {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> items = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            path.addLast("[" + items.size() + "]");
            items.add(item.apply(this));
            path.removeLast();
        }
        return items;
    }

    /** Reads a string of valid Unicode. */
    String string() {
        expect(JsonToken.VALUE_STRING, "a string");
        String value = in.getString();
        if (!Unicode.isValid(value)) {
            throw refused(Text.format("%s is not valid Unicode: it has half a surrogate pair", Text.quote(value)));
        }
        return value;
    }

    /** Reads an id, by the rules of {@link Ids}. */
    String id(int maxLength) {
        String id = string();
        String fault = Ids.fault(id, maxLength);
        if (fault != null) {
            throw refused(Text.format("the id %s %s", Text.quote(id), fault));
        }
        return id;
    }

    private void expect(JsonToken token, String what) {
        JsonToken found = in.currentToken();
        if (found != token) {
            throw refused(Text.format("expected %s, found %s", what, SyntaxFault.name(found)));
        }
    }

    /** The refusal of the present value. */
    BatchEngineException refused(String why) {
        return refused(why, in.currentTokenLocation());
    }

    private BatchEngineException refused(String why, @Nullable TokenStreamLocation at) {
        TokenStreamLocation place = at == null ? in.currentLocation() : at;
        return BatchEngineException.of(
                ErrorCode.INVALID_JSON,
                Text.format(
                        "JSON line %d, column %d, at $%s: %s",
                        place.getLineNr(), place.getColumnNr(), String.join("", path), why));
    }
}
