package io.batchengine.internal.engine.job;

import static java.util.Objects.requireNonNull;

import io.batchengine.spi.SettledFile;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of one turn. One thread adds, the serial executor takes what is there, at the same time; no lock.
 *
 * <p>The writer stores an element, then publishes the new size; the reader reads the size, then the elements below it. A grown array
 * holds all older elements, so whichever array the reader sees has what it needs; the array is volatile as well, or the reader could see a
 * grown one before what was copied into it.
 */
public final class ResultBuffer {
    private volatile @Nullable SettledFile[] items = new SettledFile[16];
    private volatile int size;
    private int taken; // confined to the reader

    void add(SettledFile result) {
        int at = size;
        @Nullable SettledFile[] to = items;
        if (at == to.length) {
            to = Arrays.copyOf(to, at * 2);
            items = to;
        }
        to[at] = result;
        size = at + 1;
    }

    /** Moves what was added since the last call. */
    public void drainTo(List<SettledFile> target) {
        int end = size;
        @Nullable SettledFile[] from = items;
        for (; taken < end; taken++) {
            target.add(requireNonNull(from[taken])); // stored before it was counted
        }
    }
}
