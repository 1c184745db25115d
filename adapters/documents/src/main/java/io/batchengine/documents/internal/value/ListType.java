package io.batchengine.documents.internal.value;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several values in one text.
 *
 * @param item what each one is
 * @param separators what stands between them
 */
public record ListType(ValueType item, List<String> separators) implements ValueType {
    /** Commas, semicolons, line ends, bullets and the ideographic comma. */
    public static final List<String> SEPARATORS = List.of(",", ";", "\n", "\u2022", "\u3001");

    /** Copies the separators. */
    public ListType {
        separators = List.copyOf(separators);
    }

    @Override
    public Optional<Object> read(String text) {
        String any = separators.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        List<Object> values = new ArrayList<>();
        for (String part : text.split(any, -1)) {
            if (part.isBlank()) {
                continue;
            }
            Optional<Object> value = item.read(part);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.get());
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(values));
    }

    @Override
    public String noun() {
        return "a list, each part " + item.noun();
    }

    @Override
    public @Nullable Notation notation() {
        return item.notation();
    }

    @Override
    public ValueType telling() {
        return new ListType(item.telling(), separators);
    }

    @Override
    public int configuredWay() {
        return item.configuredWay();
    }

    @Override
    public ValueType in(int way) {
        return new ListType(item.in(way), separators);
    }
}
