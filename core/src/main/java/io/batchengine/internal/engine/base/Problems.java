package io.batchengine.internal.engine.base;

import io.batchengine.model.StatusReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** What is wrong with an engine now, by what it is about. Any thread. */
public final class Problems {
    public static final String LIMITS = "limits";
    static final String STORE_LOST = "store-lost";
    public static final String STORE_CLAIM = "store-claim";
    public static final String STORE_COMMIT = "store-commit";
    public static final String STORE_READ = "store-read";
    public static final String STORE_DAMAGE = "store-damage";
    public static final String STORE_CONTENT = "store-content "; // and the batch's id
    public static final String LOST_AGAIN = "lost-again "; // and the batch's id
    public static final String LEASE = "lease";
    public static final String JOBS_REJECTED = "executor";
    static final String ORCHESTRATION_REJECTS = "orchestration";
    static final String TIMER = "timer";
    static final String DEFECT = "defect";

    /** Where nothing is to be done any more, nothing tells that an executor takes tasks again. */
    public static final Duration REJECTION = Duration.ofSeconds(30);

    private static final List<String> OF_THE_STORE = List.of(STORE_LOST, STORE_COMMIT, STORE_CLAIM, STORE_READ, LEASE);

    private record Problem(
            String message,
            Instant since,
            StatusReason.Code code,
            @Nullable Instant until) {
        StatusReason reason() {
            return StatusReason.of(code, message, since);
        }

        boolean isPresent(Instant now) {
            return until == null || now.isBefore(until);
        }
    }

    private final InstantSource clock;
    private final Map<String, Problem> present = new ConcurrentSkipListMap<>();

    Problems(InstantSource clock) {
        this.clock = clock;
    }

    public void set(String about, String message) {
        set(about, message, StatusReason.Code.STORE_UNAVAILABLE);
    }

    /** With what batches are told that wait for the store meanwhile. */
    public void set(String about, String message, StatusReason.Code code) {
        set(about, message, code, null);
    }

    /** What nothing clears: it is told until some time has passed since it was met last. */
    public void setFor(Duration time, String about, String message) {
        Instant now = clock.instant();
        present.values().removeIf(problem -> !problem.isPresent(now));
        set(about, message, StatusReason.Code.STORE_UNAVAILABLE, now.plus(time));
    }

    private void set(String about, String message, StatusReason.Code code, @Nullable Instant until) {
        present.compute(
                about,
                (key, before) -> new Problem(message, before == null ? clock.instant() : before.since, code, until));
    }

    public void clear(String about) {
        if (!present.isEmpty()) {
            present.remove(about);
        }
    }

    public List<String> messages() {
        if (present.isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        return present.values().stream()
                .filter(problem -> problem.isPresent(now))
                .map(Problem::message)
                .toList();
    }

    /** Why a batch waits for the store, or null where it does not. */
    @Nullable
    StatusReason storeFailure(String batchId) {
        if (present.isEmpty()) {
            return null;
        }
        Problem content = present.get(STORE_CONTENT + batchId);
        if (content != null) {
            return content.reason();
        }
        for (String about : OF_THE_STORE) {
            Problem problem = present.get(about);
            if (problem != null) {
                return problem.reason();
            }
        }
        return null;
    }
}
