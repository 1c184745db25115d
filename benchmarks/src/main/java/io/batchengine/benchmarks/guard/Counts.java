package io.batchengine.benchmarks.guard;

import java.util.Map;
import java.util.TreeMap;

/** Counters by name. For one thread at a time. */
final class Counts {
    private final Map<String, Long> counts = new TreeMap<>();

    void add(String name, long more) {
        counts.merge(name, more, Long::sum);
    }

    void clear() {
        counts.clear();
    }

    /** Each counter per 10,000 of so many files, with a prefix before its name. */
    void putPer10k(String prefix, long files, Map<String, Double> target) {
        counts.forEach((name, count) -> target.put(prefix + name, count * 10_000.0 / files));
    }
}
