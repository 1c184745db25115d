package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.internal.pattern.SafePattern;
import io.batchengine.documents.internal.pattern.Steps;
import io.batchengine.documents.internal.value.ListType;
import io.batchengine.documents.internal.value.Notation;
import io.batchengine.documents.internal.value.ValueType;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads candidate texts for one value, and keeps why the first trusted one could not be read. While texts are still noted, it notes
 * them and reads nothing.
 */
final class Reading {
    /** Stands for a value that was found and may be either of two. */
    static final Object DOUBTFUL = new Object();

    private final @Nullable SafePattern pattern;
    private final ValueType type;
    private final String column;
    private final Notations notations;
    private final Steps steps;
    private @Nullable String problem;
    private boolean alsoText;

    Reading(@Nullable SafePattern pattern, ValueType type, String column, Notations notations, Steps steps) {
        this.pattern = pattern;
        this.type = type;
        this.column = column;
        this.notations = notations;
        this.steps = steps;
    }

    /**
     * The value of a text, {@link #DOUBTFUL}, or empty.
     *
     * @param trusted whether the text surely is this value's, so that not reading it is a problem
     */
    Optional<Object> read(String text, boolean trusted) throws DocumentException {
        if (notations.isNoting() && type.notation() == null) {
            return Optional.empty();
        }
        List<String> parts = pattern == null ? List.of(text) : pattern.matches(text, steps);
        for (String part : parts) {
            boolean number = notations.isNumber(text) || notations.isNumber(part);
            alsoText = notations.isAlsoText(text) || notations.isAlsoText(part);
            Optional<Object> value = part.length() > ValueType.MAX_LENGTH ? Optional.empty() : value(part, number);
            if (value.isPresent()) {
                return value;
            }
            tell(part, "is not " + type.noun(), trusted || pattern != null);
        }
        tell(text, "does not match its pattern", trusted && parts.isEmpty());
        return Optional.empty();
    }

    private Optional<Object> value(String text, boolean number) {
        Notation notation = type.notation();
        boolean exact = number && notation == Notation.NUMBER;
        if (notations.isNoting()) {
            if (!exact) {
                notations.note(column, type, text);
            }
            return Optional.empty();
        }
        if (notation == null) {
            return type.read(text);
        }
        boolean open = meanings(type.telling(), notation, text).size() > 1;
        if (exact && !(alsoText && open)) {
            return exactly(text);
        }
        List<Object> meanings = meanings(type, notation, text);
        if (!open) {
            return meanings.stream().findFirst();
        }
        int way = notations.way(column, type, notation);
        if (exact && way != 0) { // as a number it has a decimal point, and as a text something else
            way = Notations.OPEN;
        }
        Optional<Object> decided = way >= 0 ? type.in(way).read(text) : Optional.empty();
        if (decided.isPresent() || (way >= 0 && notation == Notation.NUMBER)) {
            return decided;
        }
        if (meanings.size() < 2) {
            return meanings.stream().findFirst();
        }
        problem = Text.format(
                "found %s, which may be %s: %s",
                Text.quote(text.strip()),
                meanings.stream().map(String::valueOf).collect(Collectors.joining(" or ")),
                way == Notations.CONTRADICTORY
                        ? "its column is written in both ways"
                        : "nothing in the document tells, so set " + notation.option());
        return Optional.of(DOUBTFUL);
    }

    /** The value of what the document holds as one number: a comma in it parts no list. */
    private Optional<Object> exactly(String text) {
        return type instanceof ListType list
                ? list.item().in(0).read(text).map(List::of)
                : type.in(0).read(text);
    }

    /** The values that the ways of a notation give a text. */
    private static List<Object> meanings(ValueType type, Notation notation, String text) {
        return IntStream.range(0, notation.ways())
                .mapToObj(way -> type.in(way).read(text))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** Half a sentence that follows the property's path, or null where nothing was found. */
    @Nullable
    String problem() {
        return problem;
    }

    private void tell(String text, String fault, boolean tellable) {
        if (tellable && problem == null && !text.isBlank()) {
            problem = Text.format("found %s, which %s", Text.quote(text.strip()), fault);
        }
    }
}
