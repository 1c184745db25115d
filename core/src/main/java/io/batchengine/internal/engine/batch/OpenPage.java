package io.batchengine.internal.engine.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded page that is not settled as a whole: a bit for each of its files. Its ids may be forgotten once every file that is not
 * settled waits in the store alone. Confined to the serial executor, once it is handed to them.
 */
final class OpenPage {
    private final long first;
    private final long end;
    private final long[] words;
    private @Nullable List<String> ids;
    private int missing;
    private int idle; // of the missing ones, those that wait in the store alone

    OpenPage(long first, List<String> ids) {
        this.first = first;
        this.ids = ids;
        this.missing = ids.size();
        this.end = first + missing;
        this.words = new long[(missing + 63) >>> 6];
    }

    long first() {
        return first;
    }

    long end() {
        return end;
    }

    boolean contains(long ordinal) {
        return ordinal >= first && ordinal < end;
    }

    /** Marks a file as settled; false where it was before. */
    boolean settle(long ordinal) {
        int index = (int) (ordinal - first);
        long bit = 1L << index;
        if ((words[index >>> 6] & bit) != 0) {
            return false;
        }
        words[index >>> 6] |= bit;
        missing--;
        return true;
    }

    boolean isSettled(long ordinal) {
        int index = (int) (ordinal - first);
        return (words[index >>> 6] & (1L << index)) != 0;
    }

    boolean isComplete() {
        return missing == 0;
    }

    /** Some more of its files wait in the store alone. */
    void leave(int files) {
        idle += files;
    }

    /** A file that waited in the store alone is in memory again. */
    void comeBack() {
        idle--;
    }

    long firstMissing() {
        for (int i = 0; i < words.length; i++) {
            if (words[i] != -1L) {
                return first + (i << 6) + Long.numberOfTrailingZeros(~words[i]);
            }
        }
        return end;
    }

    /** The id of a file, or null where it is forgotten. */
    @Nullable
    String id(long ordinal) {
        List<String> known = ids;
        return known == null ? null : known.get((int) (ordinal - first));
    }

    /** Whether every file that is not settled waits in the store alone, and ids are kept for nobody. */
    boolean isIdle() {
        return ids != null && idle > 0 && missing == idle;
    }

    void forgetIds() {
        ids = null;
    }
}
