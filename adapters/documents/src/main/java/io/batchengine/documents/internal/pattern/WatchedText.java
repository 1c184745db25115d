package io.batchengine.documents.internal.pattern;

/**
 * A text that a pattern is matched against, and that ends the matching by an exception once too many characters were looked at (a
 * pattern may need exponentially many) or the job is to stop.
 */
final class WatchedText implements CharSequence {
    private static final int LOOKS_PER_QUESTION = 1 << 12;

    private final String text;
    private final Steps steps;
    private final int stepsPerLook;
    private final long allowed;
    private long left;
    private int untilQuestion = LOOKS_PER_QUESTION;

    WatchedText(String text, Steps steps, int stepsPerLook) {
        this.text = text;
        this.steps = steps;
        this.stepsPerLook = stepsPerLook;
        this.allowed = steps.left();
        this.left = allowed;
    }

    /** Thrown out of a matcher: the job is to stop. */
    static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown out of a matcher: the steps are used up. */
    static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Takes what the match has used from the document's steps; called once, at its end. */
    void settle() {
        steps.take(allowed - left);
    }

    @Override
    public char charAt(int index) {
        left -= stepsPerLook;
        if (left < 0) {
            throw new TooManyStepsException();
        }
        if (--untilQuestion == 0) {
            untilQuestion = LOOKS_PER_QUESTION;
            if (steps.stopRequested()) {
                throw new StoppedException();
            }
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
