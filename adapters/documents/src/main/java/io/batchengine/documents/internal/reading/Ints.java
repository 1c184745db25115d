package io.batchengine.documents.internal.reading;

import java.util.Arrays;

/** A list of numbers, without an object for each. */
public final class Ints {
    private int[] values = new int[16];
    private int size;

    /** Adds a number. */
    public void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size + (size >> 1));
        }
        values[size++] = value;
    }

    /** The number at an index below the size. */
    public int get(int index) {
        return values[index];
    }

    /** How many there are. */
    public int size() {
        return size;
    }

    /** Removes all. */
    public void clear() {
        size = 0;
    }
}
