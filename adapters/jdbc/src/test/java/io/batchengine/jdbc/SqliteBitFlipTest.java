package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.EngineHealth;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flips one bit anywhere in a SQLite file at rest, reads everything and goes on: whatever is damaged is told, and never served as truth. */
class SqliteBitFlipTest {
    private static final int DRAWS = Integer.getInteger("batchengine.flips", 100);
    private static final long SEED = Long.getLong("batchengine.flips.seed", 1);
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration RESUMED = Duration.ofSeconds(5);

    private enum End {
        /** All was answered, and rightly. */
        UNSEEN,
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

    private record Truth(BitFlipReading atRest, BitFlipReading resumed, Map<String, List<JobRecord>> jobs) {}

    @Test
    void a_flipped_bit_is_told_and_never_served_as_truth(@TempDir Path folder) throws Exception {
        BitFlipStore store = BitFlipStore.make(folder);
        assertThat(folder.resolve("truth.db-wal")).doesNotExist();
        Truth truth = truth(store, folder.resolve("copy.db"));
        Map<End, Integer> counts = new EnumMap<>(End.class);
        List<String> bad = new ArrayList<>();
        byte[] whole = Files.readAllBytes(store.file());
        ExecutorService thread = Executors.newCachedThreadPool();
        for (int draw = 0; draw < DRAWS; draw++) {
            long bit = bit(draw, whole);
            Path file = folder.resolve("draw-" + draw + ".db");
            byte[] damaged = whole.clone();
            damaged[(int) (bit / 8)] ^= (byte) (1 << (bit % 8));
            Files.write(file, damaged);
            Outcome outcome = bounded(thread, store, file, truth);
            counts.merge(outcome.end, 1, Integer::sum);
            if (outcome.end.compareTo(End.TOLD) > 0) {
                bad.add("draw " + draw + ", byte " + bit / 8 + " of " + whole.length + ", bit " + bit % 8 + ": "
                        + outcome);
            }
            delete(file);
        }
        thread.shutdownNow();
        System.out.println(DRAWS + " draws of one bit in " + whole.length + " bytes: " + counts);
        assertThat(bad).isEmpty();
    }

    /** Each fourth anywhere, the others where there is something: most of a small file is empty. */
    private static long bit(int draw, byte[] whole) {
        SplittableRandom random = new SplittableRandom(SEED + draw);
        long bit = random.nextLong(8L * whole.length);
        while (draw % 4 != 0 && whole[(int) (bit / 8)] == 0) {
            bit = random.nextLong(8L * whole.length);
        }
        return bit;
    }

    private static Truth truth(BitFlipStore store, Path copy) throws IOException {
        Files.copy(store.file(), copy);
        Map<String, List<JobRecord>> jobs = new HashMap<>();
        BitFlipReading atRest;
        try (JdbcBatchStore open = JdbcBatchStore.sqlite(copy);
                BatchEngine engine = store.reader(open)) {
            for (String id : store.ids()) {
                jobs.put(
                        id,
                        engine.batches()
                                .jobs(id)
                                .filter(job -> job.id().startsWith("tst-own-"))
                                .limit(5)
                                .toList());
            }
            atRest = new BitFlipReading(engine).all(store.ids(), jobs);
        }
        BitFlipReading resumed;
        try (JdbcBatchStore open = JdbcBatchStore.sqlite(copy);
                BatchEngine engine = store.worker(open)) {
            assertThat(engine.batches().await(store.unfinished(), RESUMED).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            resumed = new BitFlipReading(engine).end(store.unfinished());
        }
        assertThat(atRest.errors).isEmpty();
        assertThat(resumed.errors).isEmpty();
        assertThat(jobs.get(store.completed())).isNotEmpty();
        return new Truth(atRest, resumed, jobs);
    }

    private static Outcome bounded(ExecutorService thread, BitFlipStore store, Path file, Truth truth)
            throws InterruptedException {
        try {
            return thread.submit(() -> draw(store, file, truth)).get(BOUND.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException hang) {
            return new Outcome(End.HANG, "no end after " + BOUND);
        } catch (ExecutionException raw) {
            Throwable cause = Objects.requireNonNull(raw.getCause());
            return new Outcome(
                    End.RAW_EXCEPTION,
                    cause + " at " + List.of(cause.getStackTrace()).subList(0, 4));
        }
    }

    private static Outcome draw(BitFlipStore store, Path file, Truth truth) {
        Outcome atRest = opened(store, file, truth, false);
        if (atRest.end.compareTo(End.TOLD) > 0) {
            return atRest;
        }
        Outcome resumed = opened(store, file, truth, true);
        return resumed.end.compareTo(atRest.end) > 0 ? resumed : atRest;
    }

    private static Outcome opened(BitFlipStore store, Path file, Truth truth, boolean resume) {
        JdbcBatchStore open;
        try {
            open = JdbcBatchStore.sqlite(file);
        } catch (BatchEngineException refused) {
            return new Outcome(End.NOT_OPENED, refused.code().name());
        }
        try (open;
                BatchEngine engine = resume ? store.worker(open) : store.reader(open)) {
            boolean told = false;
            if (resume) {
                try {
                    engine.batches().await(store.unfinished(), RESUMED);
                } catch (BatchEngineException failure) {
                    if (failure.code() == ErrorCode.TIMEOUT) {
                        return new Outcome(End.HANG, failure.getMessage() + ", health " + engine.health());
                    }
                    told = failure.code() == ErrorCode.STORE_CORRUPT;
                }
            }
            BitFlipReading reading = new BitFlipReading(engine);
            BitFlipReading expected = resume ? truth.resumed : truth.atRest;
            if (resume) {
                reading.end(store.unfinished());
            } else {
                reading.all(store.ids(), truth.jobs);
            }
            told |= reading.tellsOfDamage()
                    || !open.warnings().isEmpty()
                    || engine.health().status() != EngineHealth.Status.UP;
            return judge(reading, expected, told);
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
        return missing.isEmpty()
                ? new Outcome(End.UNSEEN, "")
                : new Outcome(End.UNTOLD_LOSS, missing + ", errors " + reading.errors);
    }

    private static void delete(Path file) throws IOException {
        try (var files = Files.newDirectoryStream(file.getParent(), file.getFileName() + "*")) {
            for (Path each : files) {
                Files.delete(each);
            }
        }
    }
}
