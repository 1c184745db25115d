package io.batchengine.documents.parse;

/** Looks for zero bytes one after the other, which a crash or a bad copy leaves where text was. A few stand in texts of odd writers. */
final class ZeroRun {
    /** What a reader of the result is warned of. */
    static final String WARNING = "damaged: the document has zero bytes within its text, so that text was lost";

    /** More than wide letters have: those of UTF-32 have up to five. */
    private static final int LENGTH = 8;

    private int zeros;
    private boolean found;

    /** Takes the next byte or letter. */
    void next(int c) {
        zeros = c == 0 ? zeros + 1 : 0;
        found |= zeros == LENGTH;
    }

    /** Returns whether there was such a run. */
    boolean isFound() {
        return found;
    }

    /** Returns whether there is such a run in bytes. */
    static boolean isIn(byte[] bytes, int length) {
        ZeroRun run = new ZeroRun();
        for (int i = 0; i < length; i++) {
            run.next(bytes[i]);
        }
        return run.found;
    }
}
