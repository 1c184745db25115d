package io.batchengine.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.StoredBatch;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** S15: files are read by ordinal, a range at a time. */
interface StoreFileRules {
    private static Set<FileOutcome> all() {
        return EnumSet.allOf(FileOutcome.class);
    }

    private static List<Long> ordinals(List<FileRecord> files) {
        return files.stream().map(FileRecord::ordinal).toList();
    }

    /** Twelve files in four pages; those whose ordinal is not divisible by 3 are settled, in all four ways in turn. */
    private static StoredBatch twelve(StoreUnderTest store) {
        TestCommit draft = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page("a", "b", "c")
                .page("d")
                .page("e", "f", "g", "h", "i")
                .page("j", "k", "l");
        List<FileOutcome> ways = List.copyOf(all());
        for (int i = 0; i < 12; i++) {
            if (i % 3 != 0) {
                draft.settle(i, ways.get(i % 4));
            }
        }
        return draft.apply();
    }

    @Test
    default void s15_01_a_range_holds_its_begin_and_not_its_end(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        for (int from = 0; from <= 12; from++) {
            for (int below = from; below <= 12; below++) {
                List<Long> expected = LongStream.range(from, below).boxed().toList();
                assertEquals(expected, ordinals(store.files(batch, from, below, Set.of(), 99)));
            }
        }
    }

    @Test
    default void s15_02_a_range_may_have_no_end(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        assertEquals(List.of(10L, 11L), ordinals(store.files(batch, 10, Long.MAX_VALUE, Set.of(), 99)));
    }

    @Test
    default void s15_03_after_the_last_file_there_is_nothing(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        assertEquals(List.of(), store.files(batch, 12, Long.MAX_VALUE, Set.of(), 99));
        assertEquals(List.of(), store.files(batch, 4_294_967_296L, Long.MAX_VALUE, Set.of(), 99));
    }

    @Test
    default void s15_04_a_limit_cuts_after_the_lowest_ordinals(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        for (int limit = 1; limit <= 12; limit++) {
            List<Long> expected = LongStream.range(0, limit).boxed().toList();
            assertEquals(expected, ordinals(store.files(batch, 0, Long.MAX_VALUE, Set.of(), limit)));
        }
    }

    @Test
    default void s15_05_without_outcomes_every_listed_file_is_read_settled_or_not(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        for (FileRecord file : store.files(batch)) {
            assertEquals(file.ordinal() % 3 == 0, file.settled() == null, () -> "settled: " + file);
        }
    }

    @Test
    default void s15_06_with_outcomes_only_files_that_ended_so_are_read(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        List<FileRecord> all = store.files(batch);
        for (FileOutcome one : FileOutcome.values()) {
            for (FileOutcome other : FileOutcome.values()) {
                Set<FileOutcome> wanted = EnumSet.of(one, other);
                List<FileRecord> expected = all.stream()
                        .filter(file -> file.settled() != null
                                && wanted.contains(file.settled().outcome()))
                        .toList();
                assertEquals(expected, store.files(batch, 0, 99, wanted, 99), () -> "read of " + wanted);
            }
        }
    }

    @Test
    default void s15_07_with_every_outcome_the_unsettled_are_left_out(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        assertEquals(List.of(1L, 2L, 4L, 5L, 7L, 8L, 10L, 11L), ordinals(store.files(batch, 0, 99, all(), 99)));
    }

    @Test
    default void s15_08_limit_and_range_count_after_the_filter(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        assertEquals(List.of(4L, 5L, 7L), ordinals(store.files(batch, 3, 12, all(), 3)));
        assertEquals(List.of(4L, 5L), ordinals(store.files(batch, 3, 7, all(), 3)));
    }

    @Test
    default void s15_09_a_batch_without_files_or_without_existence_has_none(StoreUnderTest store) {
        store.running("a");
        assertEquals(List.of(), store.files(store.created()));
        assertEquals(List.of(), store.files(StoredBatch.created(store.batch().build())));
    }

    @Test
    default void s15_10_pages_one_after_another_give_each_file_once(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        for (Set<FileOutcome> outcomes : List.of(Set.<FileOutcome>of(), all(), Set.of(FileOutcome.FAILED))) {
            List<FileRecord> all = store.files(batch, 0, Long.MAX_VALUE, outcomes, 99);
            for (int size = 1; size <= 13; size++) {
                List<FileRecord> read = new ArrayList<>();
                List<FileRecord> page = store.files(batch, 0, Long.MAX_VALUE, outcomes, size);
                while (!page.isEmpty()) {
                    read.addAll(page);
                    long next = page.get(page.size() - 1).ordinal() + 1;
                    page = store.files(batch, next, Long.MAX_VALUE, outcomes, size);
                }
                assertEquals(all, read, "read in pages of " + size);
            }
        }
    }

    @Test
    default void s15_11_a_file_that_settles_between_two_pages_shifts_nothing(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        List<FileRecord> first = store.files(batch, 0, Long.MAX_VALUE, all(), 3);
        assertEquals(List.of(1L, 2L, 4L), ordinals(first));
        batch = store.write(batch)
                .settle(0, FileOutcome.FAILED)
                .settle(3, FileOutcome.FAILED)
                .settle(9, FileOutcome.FAILED)
                .apply();
        assertEquals(List.of(5L, 7L, 8L), ordinals(store.files(batch, 5, Long.MAX_VALUE, all(), 3)));
        assertEquals(List.of(9L, 10L, 11L), ordinals(store.files(batch, 9, Long.MAX_VALUE, all(), 3)));
    }

    @Test
    default void s15_12_a_page_recorded_between_two_reads_shifts_nothing(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        assertEquals(List.of(8L, 9L, 10L, 11L), ordinals(store.files(batch, 8, Long.MAX_VALUE, Set.of(), 4)));
        store.write(batch).page("m", "n").apply();
        assertEquals(List.of(12L, 13L), ordinals(store.files(batch, 12, Long.MAX_VALUE, Set.of(), 4)));
    }

    @Test
    default void s15_13_files_are_read_the_same_after_the_end(StoreUnderTest store) {
        StoredBatch batch = twelve(store);
        List<FileRecord> before = store.files(batch);
        assertEquals(before, store.files(store.moved(batch, BatchStatus.CANCELLED)));
    }
}
