package io.batchengine.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Puts an exception and its root cause into words. Whatever the exceptions' own methods do, nothing here throws. */
final class Causes {
    private static final int LONGEST_CHAIN = 100;
    /** How much of a message is left to the root cause, where there is one and the message is long. */
    private static final int ROOM_FOR_ROOT = 600;

    private Causes() {}

    static String describe(Throwable failure) {
        Throwable outer = withoutWrappers(failure);
        Throwable root = root(outer);
        if (root == outer) {
            return shown(outer, Text.MAX_MESSAGE_LENGTH);
        }
        String outerText = shown(outer, Text.MAX_MESSAGE_LENGTH - ROOM_FOR_ROOT);
        return isTold(root, outerText) ? outerText : outerText + "; root cause: " + shown(root, ROOM_FOR_ROOT - 20);
    }

    /** What carried an exception from one thread or call to another says nothing of its own. */
    private static Throwable withoutWrappers(Throwable failure) {
        Throwable inner = failure;
        for (int i = 0; i < LONGEST_CHAIN && isWrapper(inner); i++) {
            Throwable cause = cause(inner);
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    private static boolean isWrapper(Throwable failure) {
        boolean carries = failure instanceof CompletionException
                || failure instanceof ExecutionException
                || failure instanceof InvocationTargetException
                || failure instanceof UndeclaredThrowableException;
        Throwable cause = carries ? cause(failure) : null;
        if (cause == null) {
            return false;
        }
        String message = message(failure);
        return message == null || message.startsWith(cause.getClass().getName());
    }

    /** The last cause; of a chain that runs in a circle, the last one before it repeats. */
    private static Throwable root(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable root = failure;
        seen.add(root);
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            Throwable cause = cause(root);
            if (cause == null || !seen.add(cause)) {
                break;
            }
            root = cause;
        }
        return root;
    }

    /** Many exceptions repeat what their cause says. */
    private static boolean isTold(Throwable root, String outerText) {
        String message = message(root);
        String said = message == null ? name(root) : Text.printable(message, ROOM_FOR_ROOT - 20);
        boolean names = outerText.contains(name(root));
        return outerText.contains(said)
                && (names || said.length() > 3); // a message such as "0" stands in many texts by chance
    }

    private static String shown(Throwable failure, int maxLength) {
        String message = message(failure);
        String name = name(failure);
        if (message == null) {
            return name;
        }
        String text = Text.printable(message, maxLength);
        int end = Math.min(text.length(), maxLength + 1); // escapes make it longer than what was looked at
        if (end < text.length()) {
            int whole = Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
            text = text.substring(0, whole) + '\u2026';
        }
        return name + ": " + text;
    }

    private static String name(Throwable failure) {
        String simple = failure.getClass().getSimpleName();
        return simple.isEmpty() ? failure.getClass().getName() : simple;
    }

    private static @Nullable String message(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null || message.isBlank() ? null : message;
        } catch (Throwable broken) { // an exception whose message throws is still a failure to report
            return null;
        }
    }

    private static @Nullable Throwable cause(Throwable failure) {
        try {
            Throwable cause = failure.getCause();
            return cause == null && isOfDatabase(failure) ? next(failure) : cause;
        } catch (Throwable broken) {
            return null;
        }
    }

    /** Whether it is a {@code java.sql.SQLException}; its module may be missing. */
    private static boolean isOfDatabase(Throwable failure) {
        Class<?> type = failure.getClass();
        while (type != null && !type.getName().equals("java.sql.SQLException")) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** A failed batch of statements has the reason as its next exception, not as its cause. */
    private static @Nullable Throwable next(Throwable failure) {
        if (!(failure instanceof Iterable<?> chain)) {
            return null;
        }
        for (Object each : chain) { // itself first
            if (each != failure) {
                return each instanceof Throwable next ? next : null;
            }
        }
        return null;
    }
}
