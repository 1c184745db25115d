package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S12: what there is to tell of a file that has not ended. */
interface StoreDelayRules {
    private static @Nullable DelayedFile delayed(StoreUnderTest store, StoredBatch batch, long ordinal) {
        return store.file(batch, ordinal).delayed();
    }

    @Test
    default void s12_01_a_delayed_file_is_kept_with_every_field(StoreUnderTest store) {
        List<DelayedFile> files = List.of(
                DelayedFile.waiting(0, 3, false, T0.plusNanos(1_000)),
                DelayedFile.builder()
                        .ordinal(1)
                        .mark(DelayedFile.StartMark.TOGETHER)
                        .build(),
                DelayedFile.builder()
                        .ordinal(2)
                        .attempts(1_000)
                        .mapped(true)
                        .notBefore(T0.plusSeconds(1))
                        .crashes(2)
                        .mark(DelayedFile.StartMark.ALONE)
                        .build(),
                DelayedFile.builder()
                        .ordinal(3)
                        .attempts(1)
                        .mapped(true)
                        .crashes(1)
                        .build());
        TestCommit draft = store.write(store.running("a", "b", "c", "d"));
        files.forEach(draft::delay);
        StoredBatch batch = draft.apply();
        assertEquals(files, store.files(batch).stream().map(FileRecord::delayed).toList());
    }

    @Test
    default void s12_02_a_later_record_of_a_file_replaces_the_earlier(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        DelayedFile other = DelayedFile.waiting(1, 1, true, T0);
        batch = store.write(batch)
                .delay(DelayedFile.builder()
                        .attempts(3)
                        .notBefore(T0)
                        .crashes(2)
                        .mark(DelayedFile.StartMark.ALONE)
                        .build())
                .delay(other)
                .apply();
        DelayedFile later =
                DelayedFile.builder().attempts(4).mapped(true).crashes(1).build();
        batch = store.write(batch).delay(later).apply();
        assertEquals(later, delayed(store, batch, 0));
        assertEquals(other, delayed(store, batch, 1));
    }

    @Test
    default void s12_03_a_delayed_file_is_not_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a"))
                .delay(DelayedFile.waiting(0, 1, true, T0))
                .apply();
        assertNull(store.file(batch, 0).settled());
        assertEquals(List.of(), store.files(batch, 0, 9, EnumSet.allOf(FileOutcome.class), 9));
    }

    @Test
    default void s12_04_the_record_ends_when_the_file_settles(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        batch = store.write(batch)
                .delay(DelayedFile.waiting(0, 1, true, T0))
                .delay(DelayedFile.waiting(1, 1, true, T0))
                .apply();
        batch = store.write(batch).settle(0, FileOutcome.SUCCEEDED).apply();
        assertNull(delayed(store, batch, 0));
        assertEquals(DelayedFile.waiting(1, 1, true, T0), delayed(store, batch, 1));
    }

    @Test
    default void s12_05_nothing_is_recorded_of_a_file_that_is_settled(StoreUnderTest store) {
        StoredBatch batch =
                store.write(store.running("a")).settle(0, FileOutcome.SUCCEEDED).apply();
        batch = store.write(batch).delay(DelayedFile.waiting(0, 1, true, T0)).apply();
        assertNull(delayed(store, batch, 0));
        assertEquals(settled(0, FileOutcome.SUCCEEDED), store.file(batch, 0).settled());
    }

    @Test
    default void s12_06_a_file_that_is_delayed_and_settled_in_one_write_is_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a"))
                .delay(DelayedFile.waiting(0, 1, true, T0))
                .settle(0, FileOutcome.FAILED)
                .apply();
        assertNull(delayed(store, batch, 0));
        assertEquals(settled(0, FileOutcome.FAILED), store.file(batch, 0).settled());
    }

    @Test
    default void s12_07_a_file_may_be_delayed_in_the_write_that_records_its_page(StoreUnderTest store) {
        StoredBatch batch = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page("a", "b")
                .delay(DelayedFile.waiting(1, 1, true, T0))
                .apply();
        assertEquals(DelayedFile.waiting(1, 1, true, T0), delayed(store, batch, 1));
    }

    @Test
    default void s12_08_what_is_delayed_outlives_its_owner(StoreUnderTest store) {
        DelayedFile poisonFile = DelayedFile.builder()
                .attempts(1)
                .mapped(true)
                .crashes(1)
                .mark(DelayedFile.StartMark.ALONE)
                .build();
        StoredBatch batch = store.write(store.running("a")).delay(poisonFile).apply();
        store.release(batch);
        assertEquals(poisonFile, delayed(store, store.claim("another").get(0).batch(), 0));
    }

    @Test
    default void s12_09_files_that_wait_are_told_by_due_time_from_a_place_on(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c", "d", "e", "f"))
                .delay(DelayedFile.waiting(0, 1, true, T0.plusSeconds(3)))
                .delay(DelayedFile.waiting(1, 2, false, T0.plusSeconds(1)))
                .delay(DelayedFile.builder()
                        .ordinal(2)
                        .attempts(1)
                        .mapped(true)
                        .mark(DelayedFile.StartMark.TOGETHER)
                        .build())
                .delay(DelayedFile.waiting(3, 3, true, T0.plusSeconds(1)))
                .delay(DelayedFile.waiting(5, 1, true, T0.plusSeconds(2)))
                .apply();
        assertEquals(List.of(1L, 3L, 5L, 0L), delayed(store, batch, T0, 0, 10));
        assertEquals(List.of(1L, 3L), delayed(store, batch, T0, 7, 2));
        assertEquals(List.of(3L, 5L), delayed(store, batch, T0.plusSeconds(1), 2, 2));
        assertEquals(List.of(5L, 0L), delayed(store, batch, T0.plusNanos(1_000_001_000), 0, 9));
        assertEquals(List.of(), delayed(store, batch, T0.plusSeconds(3), 1, 9));
        DelayedQuery first = DelayedQuery.of(batch.id(), T0, 0, 1);
        assertEquals(List.of(store.file(batch, 1)), store.spi.delayed(first));
    }

    @Test
    default void s12_10_a_file_is_told_at_its_last_due_time_and_no_more_once_it_is_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c"))
                .delay(DelayedFile.waiting(0, 1, true, T0))
                .delay(DelayedFile.waiting(1, 1, true, T0.plusSeconds(1)))
                .delay(DelayedFile.waiting(2, 1, true, T0.plusSeconds(2)))
                .apply();
        batch = store.write(batch)
                .delay(DelayedFile.waiting(0, 2, true, T0.plusSeconds(9)))
                .delay(DelayedFile.builder()
                        .ordinal(1)
                        .attempts(1)
                        .mapped(true)
                        .mark(DelayedFile.StartMark.ALONE)
                        .build())
                .apply();
        assertEquals(List.of(2L, 0L), delayed(store, batch, T0, 0, 9));
        batch = store.write(batch).settle(2, FileOutcome.FAILED).apply();
        assertEquals(List.of(0L), delayed(store, batch, T0, 0, 9));
        batch = store.write(batch).settle(0, FileOutcome.SUCCEEDED).apply();
        assertEquals(List.of(), delayed(store, batch, T0, 0, 9));
    }

    private static List<Long> delayed(StoreUnderTest store, StoredBatch batch, Instant from, long ordinal, int limit) {
        return store.spi.delayed(DelayedQuery.of(batch.id(), from, ordinal, limit)).stream()
                .map(FileRecord::ordinal)
                .toList();
    }
}
