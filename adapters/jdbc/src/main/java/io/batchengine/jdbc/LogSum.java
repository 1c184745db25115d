package io.batchengine.jdbc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The running checksum of SQLite's log: that of a frame goes on from the frame before. */
final class LogSum {
    private final ByteOrder order;
    private int first;
    private int second;

    LogSum(ByteOrder order) {
        this.order = order;
    }

    /** Adds a number of bytes, a multiple of eight. */
    void add(ByteBuffer bytes, int from, int length) {
        ByteBuffer words = bytes.duplicate().order(order);
        int a = first;
        int b = second;
        for (int i = from; i < from + length; i += 8) {
            a += words.getInt(i) + b;
            b += words.getInt(i + 4) + a;
        }
        first = a;
        second = b;
    }

    boolean is(int wantedFirst, int wantedSecond) {
        return first == wantedFirst && second == wantedSecond;
    }
}
