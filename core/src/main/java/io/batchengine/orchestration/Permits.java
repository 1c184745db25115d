package io.batchengine.orchestration;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The engine's limit of jobs in flight. A turn holds a permit while it lasts; a job that completes by itself holds one until it has;
 * a job that was given up keeps its own until its body returns.
 *
 * <p>Any thread acquires; only decisions release, and each dispatches afterwards: so no permit lies idle while work waits.
 */
final class Permits {
    private final int limit;
    private final AtomicInteger available;

    Permits(int limit) {
        this.limit = limit;
        this.available = new AtomicInteger(limit);
    }

    boolean tryAcquire() {
        int seen = available.get();
        while (seen > 0) {
            if (available.compareAndSet(seen, seen - 1)) {
                return true;
            }
            seen = available.get();
        }
        return false;
    }

    void release() {
        available.incrementAndGet();
    }

    int inUse() {
        return limit - available.get();
    }

    int limit() {
        return limit;
    }
}
