package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.DelayedQuery;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.StoredBatch;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S12: what there is to tell of a file that has not ended. */
interface StoreParkingRules {
    private static @Nullable ParkedFile parked(StoreUnderTest store, StoredBatch batch, long ordinal) {
        return store.file(batch, ordinal).parked();
    }

    @Test
    default void s12_01_a_parked_file_is_kept_with_every_field(StoreUnderTest store) {
        List<ParkedFile> files = List.of(
                ParkedFile.waiting(0, 3, false, T0.plusNanos(1_000)),
                new ParkedFile(1, 0, false, null, 0, ParkedFile.StartMark.TOGETHER),
                new ParkedFile(2, 1_000, true, T0.plusSeconds(1), 2, ParkedFile.StartMark.ALONE),
                new ParkedFile(3, 1, true, null, 1, ParkedFile.StartMark.NONE));
        CommitDraft draft = store.write(store.running("a", "b", "c", "d"));
        files.forEach(draft::park);
        StoredBatch batch = draft.apply();
        assertEquals(files, store.files(batch).stream().map(FileRecord::parked).toList());
    }

    @Test
    default void s12_02_a_later_record_of_a_file_replaces_the_earlier(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        ParkedFile other = ParkedFile.waiting(1, 1, true, T0);
        batch = store.write(batch)
                .park(new ParkedFile(0, 3, false, T0, 2, ParkedFile.StartMark.ALONE))
                .park(other)
                .apply();
        ParkedFile later = new ParkedFile(0, 4, true, null, 1, ParkedFile.StartMark.NONE);
        batch = store.write(batch).park(later).apply();
        assertEquals(later, parked(store, batch, 0));
        assertEquals(other, parked(store, batch, 1));
    }

    @Test
    default void s12_03_a_parked_file_is_not_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a"))
                .park(ParkedFile.waiting(0, 1, true, T0))
                .apply();
        assertNull(store.file(batch, 0).settled());
        assertEquals(List.of(), store.files(batch, 0, 9, EnumSet.allOf(FileOutcome.class), 9));
    }

    @Test
    default void s12_04_the_record_ends_when_the_file_settles(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        batch = store.write(batch)
                .park(ParkedFile.waiting(0, 1, true, T0))
                .park(ParkedFile.waiting(1, 1, true, T0))
                .apply();
        batch = store.write(batch).settle(0, FileOutcome.SUCCEEDED).apply();
        assertNull(parked(store, batch, 0));
        assertEquals(ParkedFile.waiting(1, 1, true, T0), parked(store, batch, 1));
    }

    @Test
    default void s12_05_nothing_is_recorded_of_a_file_that_is_settled(StoreUnderTest store) {
        StoredBatch batch =
                store.write(store.running("a")).settle(0, FileOutcome.SUCCEEDED).apply();
        batch = store.write(batch).park(ParkedFile.waiting(0, 1, true, T0)).apply();
        assertNull(parked(store, batch, 0));
        assertEquals(settled(0, FileOutcome.SUCCEEDED), store.file(batch, 0).settled());
    }

    @Test
    default void s12_06_a_file_that_is_parked_and_settled_in_one_write_is_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a"))
                .park(ParkedFile.waiting(0, 1, true, T0))
                .settle(0, FileOutcome.FAILED)
                .apply();
        assertNull(parked(store, batch, 0));
        assertEquals(settled(0, FileOutcome.FAILED), store.file(batch, 0).settled());
    }

    @Test
    default void s12_07_a_file_may_be_parked_in_the_write_that_records_its_page(StoreUnderTest store) {
        StoredBatch batch = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page("a", "b")
                .park(ParkedFile.waiting(1, 1, true, T0))
                .apply();
        assertEquals(ParkedFile.waiting(1, 1, true, T0), parked(store, batch, 1));
    }

    @Test
    default void s12_08_what_is_parked_outlives_its_owner(StoreUnderTest store) {
        ParkedFile suspect = new ParkedFile(0, 1, true, null, 1, ParkedFile.StartMark.ALONE);
        StoredBatch batch = store.write(store.running("a")).park(suspect).apply();
        store.release(batch);
        assertEquals(suspect, parked(store, store.claim("another").get(0).batch(), 0));
    }

    @Test
    default void s12_09_files_that_wait_are_told_by_due_time_from_a_place_on(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c", "d", "e", "f"))
                .park(ParkedFile.waiting(0, 1, true, T0.plusSeconds(3)))
                .park(ParkedFile.waiting(1, 2, false, T0.plusSeconds(1)))
                .park(new ParkedFile(2, 1, true, null, 0, ParkedFile.StartMark.TOGETHER))
                .park(ParkedFile.waiting(3, 3, true, T0.plusSeconds(1)))
                .park(ParkedFile.waiting(5, 1, true, T0.plusSeconds(2)))
                .apply();
        assertEquals(List.of(1L, 3L, 5L, 0L), delayed(store, batch, T0, 0, 10));
        assertEquals(List.of(1L, 3L), delayed(store, batch, T0, 7, 2));
        assertEquals(List.of(3L, 5L), delayed(store, batch, T0.plusSeconds(1), 2, 2));
        assertEquals(List.of(5L, 0L), delayed(store, batch, T0.plusNanos(1_000_001_000), 0, 9));
        assertEquals(List.of(), delayed(store, batch, T0.plusSeconds(3), 1, 9));
        DelayedQuery first = new DelayedQuery(batch.id(), T0, 0, 1);
        assertEquals(List.of(store.file(batch, 1)), store.spi.delayed(first));
    }

    @Test
    default void s12_10_a_file_is_told_at_its_last_due_time_and_no_more_once_it_is_settled(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c"))
                .park(ParkedFile.waiting(0, 1, true, T0))
                .park(ParkedFile.waiting(1, 1, true, T0.plusSeconds(1)))
                .park(ParkedFile.waiting(2, 1, true, T0.plusSeconds(2)))
                .apply();
        batch = store.write(batch)
                .park(ParkedFile.waiting(0, 2, true, T0.plusSeconds(9)))
                .park(new ParkedFile(1, 1, true, null, 0, ParkedFile.StartMark.ALONE))
                .apply();
        assertEquals(List.of(2L, 0L), delayed(store, batch, T0, 0, 9));
        batch = store.write(batch).settle(2, FileOutcome.FAILED).apply();
        assertEquals(List.of(0L), delayed(store, batch, T0, 0, 9));
        batch = store.write(batch).settle(0, FileOutcome.SUCCEEDED).apply();
        assertEquals(List.of(), delayed(store, batch, T0, 0, 9));
    }

    private static List<Long> delayed(StoreUnderTest store, StoredBatch batch, Instant from, long ordinal, int limit) {
        return store.spi.delayed(new DelayedQuery(batch.id(), from, ordinal, limit)).stream()
                .map(FileRecord::ordinal)
                .toList();
    }
}
