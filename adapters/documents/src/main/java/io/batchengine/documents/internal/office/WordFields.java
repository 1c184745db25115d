package io.batchengine.documents.internal.office;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields that are open: a field has an instruction, which is no text, and a result, which is. */
final class WordFields {
    private static final Pattern LINK = Pattern.compile("\\s*HYPERLINK\\s+\"([^\"]*)\".*", Pattern.DOTALL);
    private static final int MAX_INSTRUCTION = 10_000;

    private final Deque<Field> open = new ArrayDeque<>();

    private static final class Field {
        private final StringBuilder instruction = new StringBuilder();
        private boolean inResult;
        private @Nullable String link;
    }

    /** A field whose instruction is known and whose result follows. */
    void simple(String instruction) {
        mark("begin");
        instruction(instruction);
        mark("separate");
    }

    /** The begin, the separator or the end of a field. */
    void mark(String type) {
        switch (type) {
            case "begin" -> open.push(new Field());
            case "separate" -> {
                if (!open.isEmpty()) {
                    Field field = open.getFirst();
                    field.inResult = true;
                    field.link = target(field.instruction.toString());
                }
            }
            case "end" -> open.poll();
            default -> {
                // No other marks exist.
            }
        }
    }

    void instruction(String text) {
        if (!open.isEmpty() && open.getFirst().instruction.length() < MAX_INSTRUCTION) {
            open.getFirst().instruction.append(text);
        }
    }

    boolean inInstruction() {
        return open.stream().anyMatch(field -> !field.inResult);
    }

    /** Where the innermost link leads, or null. */
    @Nullable
    String link() {
        for (Field field : open) {
            if (field.link != null) {
                return field.link;
            }
        }
        return null;
    }

    static @Nullable String target(String instruction) {
        Matcher matcher = LINK.matcher(instruction);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
