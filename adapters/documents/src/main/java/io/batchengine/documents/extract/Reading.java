package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.value.ValueType;
import io.batchengine.model.Text;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Reads candidate texts for one value, and keeps why the first trusted one could not be read. */
final class Reading {
    private final @Nullable SafePattern pattern;
    private final ValueType type;
    private final BooleanSupplier stopRequested;
    private @Nullable String problem;

    Reading(@Nullable SafePattern pattern, ValueType type, BooleanSupplier stopRequested) {
        this.pattern = pattern;
        this.type = type;
        this.stopRequested = stopRequested;
    }

    /**
     * The value of a text, or empty.
     *
     * @param trusted whether the text surely is this value's, so that not reading it is a problem
     */
    Optional<Object> read(String text, boolean trusted) throws DocumentException {
        List<String> parts = pattern == null ? List.of(text) : pattern.matches(text, stopRequested);
        for (String part : parts) {
            Optional<Object> value = part.length() > ValueType.MAX_LENGTH ? Optional.empty() : type.read(part);
            if (value.isPresent()) {
                return value;
            }
            tell(part, "is not " + type.noun(), trusted || pattern != null);
        }
        tell(text, "does not match its pattern", trusted && parts.isEmpty());
        return Optional.empty();
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
