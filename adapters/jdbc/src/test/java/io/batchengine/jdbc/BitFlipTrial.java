package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.EngineHealth;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Opens damaged copies of a store, reads everything, and resumes its unfinished batch: whatever is damaged is told, and never served as truth. */
final class BitFlipTrial {
    private static final Set<ErrorCode> NOT_FOUND = Set.of(ErrorCode.BATCH_NOT_FOUND, ErrorCode.JOB_NOT_FOUND);
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Duration RESUMED = Duration.ofSeconds(8);

    private enum End {
        /** All was answered, and rightly. */
        UNSEEN,
        /** An index hides a batch or a job from those who look for it there; no counter, page or block covers that. */
        HIDDEN,
        /** The store was refused when it was opened. */
        NOT_OPENED,
        /** An error or a warning told of the damage. */
        TOLD,
        UNTOLD_LOSS,
        WRONG_VALUE,
        RAW_EXCEPTION,
        HANG
    }

    private record Outcome(End end, String about) {}

    private final ExecutorService thread = Executors.newCachedThreadPool();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> bad = new ArrayList<>();
    private final BitFlipStore store;
    private final Map<String, List<JobRecord>> jobs = new HashMap<>();
    private final BitFlipReading atRest;
    private final BitFlipReading resumed;

    /** Reads what is true from a whole copy. */
    BitFlipTrial(BitFlipStore store, Supplier<JdbcBatchStore> copy) {
        this.store = store;
        try (JdbcBatchStore open = copy.get();
                BatchEngine engine = store.reader(open)) {
            for (String id : store.ids()) {
                jobs.put(id, ownJobs(engine, id));
            }
            atRest = new BitFlipReading(engine).all(store.ids(), jobs);
        }
        try (JdbcBatchStore open = copy.get();
                BatchEngine engine = store.worker(open)) {
            assertThat(engine.batches().await(store.unfinished(), RESUMED).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            resumed = new BitFlipReading(engine).end(store.unfinished());
        }
        assertThat(atRest.errors).isEmpty();
        assertThat(resumed.errors).isEmpty();
        assertThat(jobs.get(store.completed())).isNotEmpty();
    }

    private static List<JobRecord> ownJobs(BatchEngine engine, String id) {
        return engine.batches()
                .jobs(id)
                .filter(job -> job.id().startsWith("tst-own-"))
                .limit(5)
                .toList();
    }

    /** Tries one copy. */
    void run(String what, Supplier<JdbcBatchStore> copy) throws InterruptedException {
        Outcome outcome = bounded(copy);
        String kind = outcome.end == End.NOT_OPENED ? outcome.end + " " + outcome.about : outcome.end.name();
        counts.merge(kind, 1, Integer::sum);
        if (outcome.end.compareTo(End.TOLD) > 0) {
            bad.add(what + ": " + outcome);
        }
    }

    /** What came of all copies. */
    void end(String what) {
        thread.shutdownNow();
        System.out.println(what + ": " + counts);
        assertThat(bad).isEmpty();
    }

    private Outcome bounded(Supplier<JdbcBatchStore> copy) throws InterruptedException {
        try {
            return thread.submit(() -> atRestAndResumed(copy)).get(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException hang) {
            return new Outcome(End.HANG, "no end after " + BOUND);
        } catch (ExecutionException raw) {
            Throwable cause = Objects.requireNonNull(raw.getCause());
            return new Outcome(
                    End.RAW_EXCEPTION,
                    cause + " at " + List.of(cause.getStackTrace()).subList(0, 4));
        }
    }

    private Outcome atRestAndResumed(Supplier<JdbcBatchStore> copy) {
        Outcome read = opened(copy, false);
        if (read.end.compareTo(End.TOLD) > 0) {
            return read;
        }
        Outcome worked = opened(copy, true);
        return worked.end.compareTo(read.end) > 0 ? worked : read;
    }

    private Outcome opened(Supplier<JdbcBatchStore> copy, boolean resume) {
        JdbcBatchStore open;
        try {
            open = copy.get();
        } catch (BatchEngineException refused) {
            return new Outcome(End.NOT_OPENED, refused.code().name());
        }
        try (open;
                BatchEngine engine = resume ? store.worker(open) : store.reader(open)) {
            if (resume) {
                try {
                    engine.batches().await(store.unfinished(), RESUMED);
                } catch (BatchEngineException failure) {
                    if (failure.code() == ErrorCode.TIMEOUT) {
                        return new Outcome(End.HANG, failure.getMessage() + ", health " + engine.health());
                    }
                    if (failure.code() == ErrorCode.STORE_CORRUPT) {
                        return new Outcome(End.TOLD, "");
                    }
                }
            }
            BitFlipReading reading = new BitFlipReading(engine);
            if (resume) {
                reading.end(store.unfinished());
            } else {
                reading.all(store.ids(), jobs);
            }
            boolean told = reading.tellsOfDamage()
                    || !open.damage().isEmpty()
                    || engine.health().status() != EngineHealth.Status.UP;
            return judge(reading, resume ? resumed : atRest, told);
        }
    }

    private static Outcome judge(BitFlipReading reading, BitFlipReading truth, boolean told) {
        List<String> wrong = reading.wrong(truth);
        if (!wrong.isEmpty()) {
            return new Outcome(End.WRONG_VALUE, wrong.size() + ", the first " + wrong.get(0) + ", told: " + told);
        }
        List<String> missing = reading.missing(truth);
        if (told) {
            return new Outcome(End.TOLD, missing.toString());
        }
        if (missing.isEmpty()) {
            return new Outcome(End.UNSEEN, "");
        }
        boolean byIndex = missing.stream().allMatch(what -> what.startsWith("list") || what.startsWith("job "))
                || reading.errors.stream().allMatch(error -> NOT_FOUND.contains(error.code()));
        return new Outcome(byIndex ? End.HIDDEN : End.UNTOLD_LOSS, missing + ", errors " + reading.errors);
    }
}
