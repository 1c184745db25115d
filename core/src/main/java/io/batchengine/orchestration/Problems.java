package io.batchengine.orchestration;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What is wrong with an engine now, by what it is about. */
final class Problems {
    static final String STORE_CLAIM = "store-claim";
    static final String STORE_COMMIT = "store-commit";
    static final String LEASE = "lease";
    static final String JOBS_REJECTED = "executor";
    static final String ORCHESTRATION_REJECTS = "orchestration";
    static final String DEFECT = "defect";

    private final Map<String, String> present = new ConcurrentSkipListMap<>();

    void set(String about, String message) {
        present.put(about, message);
    }

    void clear(String about) {
        if (!present.isEmpty()) {
            present.remove(about);
        }
    }

    List<String> messages() {
        return List.copyOf(present.values());
    }
}
