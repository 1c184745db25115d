package io.batchengine.json;

import io.batchengine.model.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.UnexpectedEndOfInputException;

/** Says in plain words what the parser met: its own messages name its classes and settings, which help no user of ours. */
final class SyntaxFault {
    /** Where a message speaks of the parser itself. */
    private static final Pattern INTERNALS =
            Pattern.compile(", from `[^`]*`|:? ?\\(?(start marker|for \\w+ starting|maybe a) .*| ?[:;,(][^:;,(]*`.*");

    private SyntaxFault() {}

    static String describe(JacksonException fault) {
        if (fault instanceof UnexpectedEndOfInputException) {
            return "the text ends too early";
        }
        String message = fault.getOriginalMessage();
        if (message == null) {
            return "not valid JSON";
        }
        String plain = INTERNALS.matcher(message.replace('\n', ' ')).replaceAll("");
        return "not valid JSON: " + Text.printable(plain, 300);
    }

    /** What a token is called in a message. */
    static String name(@Nullable JsonToken token) {
        return token == null
                ? "nothing"
                : switch (token) {
                    case START_OBJECT -> "an object";
                    case START_ARRAY -> "an array";
                    case VALUE_STRING -> "a string";
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
                    case VALUE_TRUE, VALUE_FALSE -> "a boolean";
                    case VALUE_NULL -> "null";
                    default -> "the end of a value";
                };
    }
}
