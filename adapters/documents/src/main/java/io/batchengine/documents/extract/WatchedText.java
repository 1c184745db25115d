package io.batchengine.documents.extract;

import java.util.function.BooleanSupplier;

/**
 * A text that a pattern is matched against, and that ends the matching by an exception once too many characters were looked at (a
 * pattern may need exponentially many) or the job is to stop.
 */
final class WatchedText implements CharSequence {
    private static final int STEPS_PER_LOOK = 1 << 12;

    private final String text;
    private final BooleanSupplier stopRequested;
    private long stepsLeft;

    WatchedText(String text, long steps, BooleanSupplier stopRequested) {
        this.text = text;
        this.stepsLeft = steps;
        this.stopRequested = stopRequested;
    }

    /** Thrown out of a matcher: the job is to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown out of a matcher: the steps are used up. */
    static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public char charAt(int index) {
        if (--stepsLeft < 0) {
            throw new TooManyStepsException();
        }
        if (stepsLeft % STEPS_PER_LOOK == 0 && stopRequested.getAsBoolean()) {
            throw new StoppedException();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return text.substring(from, to);
    }

    @Override
    public String toString() {
        return text;
    }
}
