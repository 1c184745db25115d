package io.batchengine.jdbc.kill;

import com.google.errorprone.annotations.FormatMethod;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.List;

/** What must not be and was seen. Safe for use by any thread. */
final class KillViolations {
    /** What was broken. */
    enum Kind {
        /** Something acknowledged, or a listed file, is not there, or is there with another outcome. */
        LOST,
        /** Something is there twice, was told twice, or was run again after it was settled. */
        DOUBLED,
        /** Any other rule. */
        ILLEGAL
    }

    record Violation(Kind kind, String what) {}

    private static final int KEPT = 1_000;

    private final List<Violation> seen = new ArrayList<>();

    @FormatMethod
    synchronized void add(Kind kind, String what, Object... values) {
        if (seen.size() < KEPT) {
            seen.add(new Violation(kind, Text.format(what, values)));
        }
    }

    synchronized List<Violation> all() {
        return List.copyOf(seen);
    }

    synchronized int count(Kind kind) {
        return (int) seen.stream().filter(one -> one.kind() == kind).count();
    }

    synchronized boolean isEmpty() {
        return seen.isEmpty();
    }
}
