package io.batchengine.internal.engine.base;

import io.batchengine.model.Text;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What was begun and has not come to its end yet: a call of a plug-in that has not returned, a task that an executor has not begun. One that
 * never does fails nothing, so nothing else would tell of it: health names those that take longer than {@link #LATE}. Any thread.
 */
public final class UnansweredCalls {
    /** Far longer than a call takes that only waits for a disk, a lock or a connection. */
    static final Duration LATE = Duration.ofSeconds(20);

    /** A call; it may fail as it likes. */
    @FunctionalInterface
    public interface Call<T, X extends Exception> {
        T make() throws X;
    }

    /** No record: two calls of one name may begin at one time. */
    public static final class Open {
        private final String name;
        private final long startNanos;

        private Open(String name, long startNanos) {
            this.name = name;
            this.startNanos = startNanos;
        }

        private long startNanos() {
            return startNanos;
        }
    }

    private final LongSupplier ticker;
    private final String what;
    private final Set<Open> calls = ConcurrentHashMap.newKeySet();

    /** What has not happened, for the message. */
    UnansweredCalls(LongSupplier ticker, String what) {
        this.ticker = ticker;
        this.what = what;
    }

    /** Something of this name begins; {@link #end} must follow. */
    public Open begin(String name) {
        Open open = new Open(name, ticker.getAsLong());
        calls.add(open);
        return open;
    }

    public void end(Open open) {
        calls.remove(open);
    }

    /** Makes a call of this name. */
    public <T, X extends Exception> T during(String name, Call<T, X> call) throws X {
        Open open = begin(name);
        try {
            return call.make();
        } finally {
            end(open);
        }
    }

    /** A message for each name of what is late, the oldest first. */
    public List<String> late() {
        if (calls.isEmpty()) {
            return List.of();
        }
        long now = ticker.getAsLong();
        Map<String, Long> oldest = new LinkedHashMap<>();
        calls.stream()
                .filter(call -> now - call.startNanos >= LATE.toNanos())
                .sorted(Comparator.comparingLong(Open::startNanos))
                .forEach(call -> oldest.putIfAbsent(call.name, call.startNanos));
        return oldest.entrySet().stream()
                .map(call -> Text.format(
                        "%s %s for %d seconds", call.getKey(), what, (now - call.getValue()) / 1_000_000_000L))
                .toList();
    }
}
