package io.batchengine.orchestration;

import io.batchengine.model.Text;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The calls of a plug-in that have not returned yet. A call that never returns fails nothing, so nothing else would tell of it: health
 * names those that take longer than {@link #LATE}. Any thread.
 */
final class UnansweredCalls {
    /** Far longer than a call takes that only waits for a disk, a lock or a connection. */
    static final Duration LATE = Duration.ofSeconds(20);

    /** A call; it may fail as it likes. */
    @FunctionalInterface
    interface Call<T, X extends Exception> {
        T make() throws X;
    }

    /** No record: two calls of one name may begin at one time. */
    private static final class Open {
        private final String name;
        private final long startNanos;

        private Open(String name, long startNanos) {
            this.name = name;
            this.startNanos = startNanos;
        }

        private long startNanos() {
            return startNanos;
        }

        private String toldAt(long nanos) {
            return Text.format("%s has not returned for %d seconds", name, (nanos - startNanos) / 1_000_000_000L);
        }
    }

    private final LongSupplier ticker;
    private final Set<Open> calls = ConcurrentHashMap.newKeySet();

    UnansweredCalls(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /** Makes a call of this name. */
    <T, X extends Exception> T during(String name, Call<T, X> call) throws X {
        Open open = new Open(name, ticker.getAsLong());
        calls.add(open);
        try {
            return call.make();
        } finally {
            calls.remove(open);
        }
    }

    /** A message for each call that is late, the oldest first. */
    List<String> late() {
        if (calls.isEmpty()) {
            return List.of();
        }
        long now = ticker.getAsLong();
        return calls.stream()
                .filter(call -> now - call.startNanos >= LATE.toNanos())
                .sorted(Comparator.comparingLong(Open::startNanos))
                .map(call -> call.toldAt(now))
                .toList();
    }
}
