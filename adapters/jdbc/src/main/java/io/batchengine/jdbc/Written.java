package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;

/**
 * Looks at how many rows statements have changed. A trigger that answers null, a {@code RAISE(IGNORE)} or a rule that does nothing instead
 * leaves a row out without an error, and the store would acknowledge what it has not written.
 */
final class Written {
    private Written() {}

    /** Refuses a statement that has not changed its one row. */
    static void one(int changed, String table) {
        if (changed != 1) {
            throw refused(table, 1, changed);
        }
    }

    /** The same for each of a batch of statements; a driver that puts them together does not count them. */
    static void each(int[] changed, String table) {
        int missing = 0;
        for (int count : changed) {
            if (count == 0) {
                missing++;
            }
        }
        if (missing > 0) {
            throw refused(table, changed.length, changed.length - missing);
        }
    }

    /** What to throw where rows were left out. */
    static BatchEngineException refused(String table, int wanted, int written) {
        return BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "the table %s took %d of %d rows and gave no error, so nothing of this call is kept: a trigger or rule on it leaves rows"
                                + " out; drop that, and the store works again by itself",
                        table, written, wanted));
    }
}
