package io.batchengine.documents.extract;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Keeps the values made last, so that the jobs of a batch don't each make one. */
final class Recent<K, V> {
    private static final int KEPT = 16;

    private final Function<K, V> maker;
    private final Map<K, V> values = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > KEPT;
        }
    };

    Recent(Function<K, V> maker) {
        this.maker = maker;
    }

    V get(K key) {
        V value;
        synchronized (values) {
            value = values.get(key);
        }
        if (value == null) { // made outside the lock: two threads may make the same value
            value = maker.apply(key);
            synchronized (values) {
                values.put(key, value);
            }
        }
        return value;
    }
}
