package io.batchengine.internal.engine.batch;

import java.time.Instant;
import java.util.Comparator;

/** A place in the order of due times. */
record DuePlace(Instant due, long ordinal) implements Comparable<DuePlace> {
    static final DuePlace FIRST = new DuePlace(Instant.EPOCH, 0);
    private static final Comparator<DuePlace> ORDER =
            Comparator.comparing(DuePlace::due).thenComparingLong(DuePlace::ordinal);

    @Override
    public int compareTo(DuePlace other) {
        return ORDER.compare(this, other);
    }

    DuePlace next() {
        return new DuePlace(due, ordinal + 1);
    }
}
