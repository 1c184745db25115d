package io.batchengine.orchestration;

import io.batchengine.spi.SettledFile;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one turn. One thread adds, the decision context takes what is there, at the same time; no lock.
 *
 * <p>The writer stores an element, then publishes the new size; the reader reads the size, then the elements below it. A grown array
 * holds all older elements, so whichever array the reader sees has what it needs.
 */
final class ResultBuffer {
    private @Nullable SettledFile[] items = new SettledFile[16];
    private volatile int size;
    private int taken; // confined to the reader

    void add(SettledFile result) {
        int at = size;
        if (at == items.length) {
            items = Arrays.copyOf(items, at * 2);
        }
        items[at] = result;
        size = at + 1;
    }

    /** Moves what was added since the last call. */
    void drainTo(List<SettledFile> target) {
        int end = size;
        @Nullable SettledFile[] from = items;
        for (; taken < end; taken++) {
            SettledFile next = from[taken];
            if (next != null) {
                target.add(next);
            }
        }
    }
}
