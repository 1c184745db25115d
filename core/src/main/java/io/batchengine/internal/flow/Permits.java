package io.batchengine.internal.flow;

import java.util.concurrent.atomic.AtomicInteger;

/** A limit of jobs in flight, changeable at any time: lowering it takes nothing back. Any thread. */
final class Permits {
    private final AtomicInteger inUse = new AtomicInteger();
    private volatile int limit;

    Permits(int limit) {
        this.limit = limit;
    }

    boolean tryAcquire() {
        int seen = inUse.get();
        while (seen < limit) {
            if (inUse.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = inUse.get();
        }
        return false;
    }

    void release() {
        inUse.decrementAndGet();
    }

    boolean isFree() {
        return inUse.get() < limit;
    }

    /** Whether more are in use than may be, since the limit was lowered. */
    boolean isOver() {
        return inUse.get() > limit;
    }

    int inUse() {
        return inUse.get();
    }

    int limit() {
        return limit;
    }

    void limit(int value) {
        limit = value;
    }
}
