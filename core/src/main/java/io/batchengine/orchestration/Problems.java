package io.batchengine.orchestration;

import io.batchengine.model.StatusReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What is wrong with an engine now, by what it is about. Any thread. */
final class Problems {
    static final String LIMITS = "limits";
    static final String STORE_LOST = "store-lost";
    static final String STORE_CLAIM = "store-claim";
    static final String STORE_COMMIT = "store-commit";
    static final String STORE_READ = "store-read";
    static final String STORE_CONTENT = "store-content "; // and the batch's id
    static final String LEASE = "lease";
    static final String JOBS_REJECTED = "executor";
    static final String ORCHESTRATION_REJECTS = "orchestration";
    static final String DEFECT = "defect";

    private static final List<String> OF_THE_STORE = List.of(STORE_LOST, STORE_COMMIT, STORE_CLAIM, STORE_READ, LEASE);

    private record Problem(String message, Instant since, StatusReason.Code code) {}

    private final InstantSource clock;
    private final Map<String, Problem> present = new ConcurrentSkipListMap<>();

    Problems(InstantSource clock) {
        this.clock = clock;
    }

    void set(String about, String message) {
        set(about, message, StatusReason.Code.STORE_UNAVAILABLE);
    }

    /** With what batches are told that wait for the store meanwhile. */
    void set(String about, String message, StatusReason.Code code) {
        present.compute(
                about, (key, before) -> new Problem(message, before == null ? clock.instant() : before.since, code));
    }

    void clear(String about) {
        if (!present.isEmpty()) {
            present.remove(about);
        }
    }

    List<String> messages() {
        return present.values().stream().map(Problem::message).toList();
    }

    /** Why batches wait for the store, or null where they do not. */
    @Nullable
    StatusReason storeFailure() {
        for (String about : OF_THE_STORE) {
            Problem problem = present.get(about);
            if (problem != null) {
                return new StatusReason(problem.code, problem.message, problem.since);
            }
        }
        return null;
    }
}
