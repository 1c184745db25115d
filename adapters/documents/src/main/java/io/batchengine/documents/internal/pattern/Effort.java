package io.batchengine.documents.internal.pattern;

/**
 * An upper bound of what the matcher does for a part of a regular expression without looking at a character: it then can't be
 * interrupted. All counts saturate.
 *
 * @param ways in how many ways the part matches nothing
 * @param steps how many nodes are tried until a character is looked at or the part is left
 * @param waysOut in how many ways the part is left after a character within it was looked at, without looking at one more
 * @param stepsOut how many nodes are tried meanwhile
 * @param width the most characters that the part takes
 */
record Effort(long ways, long steps, long waysOut, long stepsOut, long width) {
    private static final long MANY = Integer.MAX_VALUE;

    /** Matches nothing, at once. */
    static final Effort NOTHING = new Effort(1, 0, 0, 0, 0);
    /** Takes no character: an anchor or boundary. */
    static final Effort ANCHOR = new Effort(1, 1, 0, 0, 0);

    static final Effort BACK_REFERENCE = new Effort(1, 1, 1, 0, MANY);

    /** Takes one character, or fails. */
    static Effort character(boolean free) {
        return new Effort(0, free ? 0 : 1, 1, 0, 2);
    }

    /** As many characters as there are. */
    Effort unbounded() {
        return new Effort(ways, steps, waysOut, stepsOut, MANY);
    }

    /** The most that is done at one place of a text. */
    long most() {
        return Math.max(steps, stepsOut);
    }

    Effort then(Effort next) {
        return new Effort(
                times(ways, next.ways),
                plus(steps, times(ways, next.steps)),
                Math.max(times(waysOut, next.ways), next.waysOut),
                Math.max(plus(stepsOut, times(waysOut, next.steps)), next.stepsOut),
                plus(width, next.width));
    }

    Effort or(Effort other) {
        return new Effort(
                plus(ways, other.ways),
                plus(steps, other.steps),
                Math.max(waysOut, other.waysOut),
                Math.max(stepsOut, other.stepsOut),
                Math.max(width, other.width));
    }

    Effort repeated(int min, int max) {
        if (max == 0) {
            return ANCHOR;
        }
        int more = max > min ? 1 : 0; // beyond the minimum, a repetition that took nothing is the last
        long enough = times(power(ways, min), plus(1, more * ways));
        long all = times(times(power(ways, plus(min, more)), plus(min, more)), plus(steps, 1));
        long tried = Math.max(all, plus(steps, 1));
        long leaving = Math.max(enough, 1);
        return new Effort(
                ways == 0 && min == 0 ? 1 : enough,
                tried,
                times(waysOut, leaving),
                plus(stepsOut, times(waysOut, tried)),
                times(width, max));
    }

    /** A part that is looked for ahead, and not taken. */
    Effort ahead() {
        return new Effort(1, plus(steps, 1), 1, stepsOut, 0);
    }

    /** A part that is looked for from every place before that it could begin at. */
    Effort behind() {
        return new Effort(1, times(plus(width, 1), plus(steps, 1)), 1, stepsOut, 0);
    }

    private static long power(long base, long exponent) {
        if (base <= 1) {
            return exponent == 0 ? 1 : base;
        }
        long power = 1;
        for (long i = 0; i < exponent && power < MANY; i++) {
            power = times(power, base);
        }
        return power;
    }

    private static long plus(long a, long b) {
        return Math.min(a + b, MANY);
    }

    private static long times(long a, long b) {
        return Math.min(a * b, MANY);
    }
}
