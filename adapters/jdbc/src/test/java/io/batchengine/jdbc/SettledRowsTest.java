package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever order files are settled in, and however many of them share a row: each is read back as it was, and its first end stands. */
class SettledRowsTest {
    private static final int FILES = 3_000;
    private static final List<FileOutcome> OUTCOMES = List.copyOf(EnumSet.allOf(FileOutcome.class));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Map<Long, SettledFile> model = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void files_settled_in_any_order_are_read_as_a_map_of_them_would_tell(long seed) {
        Random random = new Random(seed);
        List<Long> ordinals = new ArrayList<>(
                IntStream.range(0, FILES).mapToLong(i -> i).boxed().toList());
        if (seed % 2 == 0) {
            Collections.shuffle(ordinals, random);
        }
        int percentOther = (int) (seed * 15);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(folder.resolve("batches.db"))) {
            TestBatches batches = withPage(store);
            for (int next = 0; next < FILES - 200; ) {
                List<SettledFile> some = new ArrayList<>();
                int end = Math.min(FILES, next + 1 + random.nextInt(700));
                for (; next < end; next++) {
                    some.add(drawn(ordinals.get(next), random, percentOther));
                }
                commit(batches, some, some.size());
                some.forEach(file -> model.put(file.ordinal(), file));
            }
            check(store, random);
        }
    }

    @Test
    void a_success_that_comes_again_spoils_neither_its_row_nor_others() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(folder.resolve("batches.db"))) {
            TestBatches batches = withPage(store);
            commit(
                    batches,
                    List.of(TestBatches.succeeded(10), TestBatches.succeeded(11), TestBatches.succeeded(13)),
                    3);
            SettledFile later = SettledFile.builder()
                    .ordinal(11)
                    .outcome(FileOutcome.SUCCEEDED)
                    .attempts(1)
                    .finishedAt(TestBatches.NOON.plusSeconds(9))
                    .durationMillis(99)
                    .build();
            commit(
                    batches,
                    List.of(later, TestBatches.succeeded(12), TestBatches.settled(13, FileOutcome.FAILED, "tst-own")),
                    1);
            List<SettledFile> read = batches.files("bat-1").stream()
                    .filter(file -> file.settled() != null)
                    .map(FileRecord::settled)
                    .toList();
            assertThat(read)
                    .containsExactly(
                            TestBatches.succeeded(10),
                            TestBatches.succeeded(11),
                            TestBatches.succeeded(12),
                            TestBatches.succeeded(13));
        }
    }

    @Test
    void a_read_by_outcome_ends_where_it_is_to_end() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(folder.resolve("batches.db"))) {
            TestBatches batches = withPage(store);
            commit(
                    batches,
                    List.of(TestBatches.succeeded(10), TestBatches.succeeded(299), TestBatches.succeeded(300)),
                    3);
            Set<FileOutcome> succeeded = Set.of(FileOutcome.SUCCEEDED);
            assertThat(store.files(FileQuery.InBatch.of("bat-1", 0, 10, succeeded, 1)))
                    .isEmpty();
            assertThat(store.files(FileQuery.InBatch.of("bat-1", 11, 300, succeeded, 9)))
                    .extracting(FileRecord::ordinal)
                    .containsExactly(299L);
        }
    }

    @Test
    void of_files_far_apart_those_that_are_settled_are_not_delayed() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(folder.resolve("batches.db"))) {
            TestBatches batches = withPage(store);
            List<SettledFile> settled = LongStream.range(1, FILES - 1)
                    .mapToObj(TestBatches::succeeded)
                    .toList();
            commit(batches, settled, settled.size());
            List<DelayedFile> delayed = LongStream.of(0, 1, 700, FILES - 2, FILES - 1)
                    .mapToObj(ordinal -> DelayedFile.waiting(ordinal, 1, true, TestBatches.NOON))
                    .toList();
            batches.commit(
                    TestBatches.commitOf(batches.find("bat-1"), BatchStatus.RUNNING, List.of(), List.of(), delayed));
            assertThat(batches.files("bat-1").stream()
                            .filter(file -> file.delayed() != null)
                            .map(FileRecord::ordinal))
                    .containsExactly(0L, FILES - 1L);
        }
    }

    @Test
    void what_is_delayed_goes_when_it_is_settled_among_others() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(folder.resolve("batches.db"))) {
            TestBatches batches = withPage(store);
            List<DelayedFile> delayed = List.of(
                    DelayedFile.waiting(5, 1, true, TestBatches.NOON),
                    DelayedFile.waiting(6, 1, true, TestBatches.NOON),
                    DelayedFile.waiting(8, 1, true, TestBatches.NOON));
            StoredBatch seen = batches.find("bat-1");
            batches.commit(TestBatches.commitOf(seen, BatchStatus.RUNNING, List.of(), List.of(), delayed));
            commit(batches, List.of(TestBatches.succeeded(4), TestBatches.succeeded(5), TestBatches.succeeded(7)), 3);
            assertThat(batches.files("bat-1").stream()
                            .filter(file -> file.delayed() != null)
                            .map(FileRecord::ordinal))
                    .containsExactly(6L, 8L);
        }
    }

    private static TestBatches withPage(JdbcBatchStore store) {
        TestBatches batches = new TestBatches(store);
        StoredBatch running = batches.running("bat-1");
        List<String> ids =
                IntStream.range(0, FILES).mapToObj("dfl-%08d"::formatted).toList();
        batches.commit(TestBatches.commitOf(
                running, BatchStatus.RUNNING, List.of(new ListedPage(0, ids)), List.of(), List.of()));
        return batches;
    }

    private static SettledFile drawn(long ordinal, Random random, int percentOther) {
        boolean other = random.nextInt(100) < percentOther;
        FileOutcome outcome = other ? OUTCOMES.get(random.nextInt(OUTCOMES.size())) : FileOutcome.SUCCEEDED;
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(outcome)
                .attempts(other ? random.nextInt(4) : 1)
                .finishedAt(TestBatches.NOON.plusMillis(random.nextInt(3) - 1L))
                .durationMillis(random.nextInt(3))
                .jobId(other && random.nextBoolean() ? "tst-" + ordinal : null)
                .build();
    }

    private static void commit(TestBatches batches, List<SettledFile> settled, int counted) {
        StoredBatch seen = batches.find("bat-1");
        BatchCommit draft = TestBatches.commitOf(seen, BatchStatus.RUNNING, List.of(), settled, List.of());
        FileCounts before = seen.state().counts();
        // Which of the counters does not matter to a store.
        FileCounts counts = before.toBuilder()
                .listed(FILES)
                .duplicates(0)
                .succeeded(before.succeeded() + counted)
                .build();
        assertThat(batches.commit(BatchCommit.builder()
                        .claim(draft.claim())
                        .expectedVersion(draft.expectedVersion())
                        .at(draft.at())
                        .status(draft.status())
                        .counts(counts)
                        .settled(settled)
                        .build()))
                .isEqualTo(Verdict.Kind.APPLIED);
    }

    private void check(JdbcBatchStore store, Random random) {
        for (int look = 0; look < 200; look++) {
            long from = random.nextInt(FILES);
            long below =
                    look % 4 == 0 ? Long.MAX_VALUE : Math.min(FILES, from + random.nextInt(look % 4 == 1 ? 900 : 90));
            int limit = 1 + random.nextInt(look % 3 == 0 ? 2_000 : look % 3 == 1 ? 50 : 4);
            Set<FileOutcome> outcomes = EnumSet.noneOf(FileOutcome.class);
            for (FileOutcome outcome : OUTCOMES) {
                if (random.nextBoolean()) {
                    outcomes.add(outcome);
                }
            }
            List<FileRecord> read = store.files(FileQuery.InBatch.of("bat-1", from, below, outcomes, limit));
            if (outcomes.isEmpty()) {
                read.forEach(file -> assertThat(file.settled()).isEqualTo(model.get(file.ordinal())));
                assertThat(read).hasSize((int) Math.min(limit, Math.min(below, FILES) - from));
            } else {
                List<SettledFile> expected = model.values().stream()
                        .filter(file -> file.ordinal() >= from && file.ordinal() < below)
                        .filter(file -> outcomes.contains(file.outcome()))
                        .limit(limit)
                        .toList();
                assertThat(read.stream().map(FileRecord::settled).toList()).isEqualTo(expected);
            }
        }
    }
}
