package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** S11: each file ends once, and its first recorded end stands. */
interface StoreSettlingRules {
    @Test
    default void s11_01_a_settled_file_is_kept_with_every_field(StoreUnderTest store) {
        List<SettledFile> files = oneOfEachKind();
        TestCommit draft = store.write(store.running("a", "b", "c", "d", "e"));
        files.forEach(draft::settle);
        StoredBatch batch = draft.apply();
        assertEquals(files, store.files(batch).stream().map(FileRecord::settled).toList());
    }

    @Test
    default void s11_02_a_file_may_settle_in_the_write_that_records_its_page(StoreUnderTest store) {
        StoredBatch batch = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page("a", "b")
                .settle(1, FileOutcome.SUCCEEDED)
                .apply();
        assertNull(store.file(batch, 0).settled());
        assertEquals(settled(1, FileOutcome.SUCCEEDED), store.file(batch, 1).settled());
    }

    @Test
    default void s11_03_files_settle_in_any_order(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a", "b", "c", "d"))
                .settle(3, FileOutcome.FAILED)
                .settle(0, FileOutcome.SUCCEEDED)
                .apply();
        batch = store.write(batch)
                .settle(2, FileOutcome.SUCCEEDED)
                .settle(1, FileOutcome.CANCELLED)
                .apply();
        List<FileOutcome> outcomes = store.files(batch).stream()
                .map(file -> file.settled() == null ? null : file.settled().outcome())
                .toList();
        assertEquals(
                List.of(FileOutcome.SUCCEEDED, FileOutcome.CANCELLED, FileOutcome.SUCCEEDED, FileOutcome.FAILED),
                outcomes);
    }

    @Test
    default void s11_04_a_file_that_settles_again_in_the_same_way_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        SettledFile file = settled(1, FileOutcome.FAILED, "own-1");
        batch = store.write(batch).settle(file).apply();
        List<FileRecord> before = store.files(batch);
        batch = store.write(batch).settleAgain(file).apply();
        assertEquals(before, store.files(batch));
    }

    @Test
    default void s11_05_a_file_that_settles_again_in_another_way_keeps_its_first_end(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        SettledFile first = SettledFile.builder()
                .ordinal(1)
                .outcome(FileOutcome.FAILED)
                .attempts(2)
                .finishedAt(T0)
                .durationMillis(5)
                .jobId("own-1")
                .message("first")
                .build();
        SettledFile second = SettledFile.builder()
                .ordinal(1)
                .outcome(FileOutcome.SUCCEEDED)
                .attempts(3)
                .finishedAt(T0.plusSeconds(9))
                .durationMillis(6)
                .jobId("own-2")
                .message("second")
                .build();
        batch = store.write(batch).settle(first).apply();
        batch = store.write(batch).settleAgain(second).apply();
        assertEquals(first, store.file(batch, 1).settled());
        assertEquals(List.of(), store.files(batch, 0, 9, Set.of(FileOutcome.SUCCEEDED), 9));
    }

    @Test
    default void s11_06_what_else_is_in_a_write_with_a_repeated_end_is_applied(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b", "c");
        batch = store.write(batch).settle(1, FileOutcome.FAILED).apply();
        batch = store.write(batch)
                .settle(0, FileOutcome.SUCCEEDED)
                .settleAgain(settled(1, FileOutcome.SUCCEEDED))
                .settle(2, FileOutcome.CANCELLED)
                .settledBelow(3)
                .apply();
        assertEquals(settled(0, FileOutcome.SUCCEEDED), store.file(batch, 0).settled());
        assertEquals(settled(1, FileOutcome.FAILED), store.file(batch, 1).settled());
        assertEquals(settled(2, FileOutcome.CANCELLED), store.file(batch, 2).settled());
        assertEquals(3, batch.state().settledBelow());
    }

    @Test
    default void s11_07_of_two_ends_in_one_write_the_first_counts(StoreUnderTest store) {
        StoredBatch batch = store.write(store.running("a"))
                .settle(0, FileOutcome.FAILED)
                .settleAgain(settled(0, FileOutcome.SUCCEEDED))
                .apply();
        assertEquals(settled(0, FileOutcome.FAILED), store.file(batch, 0).settled());
    }

    @Test
    default void s11_08_the_next_owner_can_not_change_a_recorded_end(StoreUnderTest store) {
        StoredBatch batch =
                store.write(store.running("a")).settle(0, FileOutcome.SUCCEEDED).apply();
        store.release(batch);
        StoredBatch taken = store.claim("another").get(0).batch();
        taken = store.write(taken).settleAgain(settled(0, FileOutcome.FAILED)).apply();
        assertEquals(settled(0, FileOutcome.SUCCEEDED), store.file(taken, 0).settled());
    }

    @Test
    default void s11_09_times_of_a_file_are_kept_to_the_microsecond(StoreUnderTest store) {
        Instant fine = T0.plusNanos(1_999);
        StoredBatch batch = store.write(store.running("a", "b"))
                .settle(SettledFile.builder()
                        .outcome(FileOutcome.FAILED)
                        .attempts(1)
                        .finishedAt(fine)
                        .durationMillis(1)
                        .build())
                .delay(DelayedFile.waiting(1, 1, true, fine))
                .apply();
        SettledFile ended = store.file(batch, 0).settled();
        DelayedFile waiting = store.file(batch, 1).delayed();
        assertNotNull(ended);
        assertNotNull(waiting);
        assertNear(fine, ended.finishedAt());
        assertNear(fine, waiting.notBefore());
    }

    private static void assertNear(Instant expected, @Nullable Instant actual) {
        assertNotNull(actual);
        long nanos = Duration.between(actual, expected).abs().toNanos();
        assertTrue(nanos < 1_000, () -> expected + " is kept as " + actual);
    }

    private static List<SettledFile> oneOfEachKind() {
        return List.of(
                SettledFile.builder()
                        .outcome(FileOutcome.SUCCEEDED)
                        .attempts(1)
                        .finishedAt(T0.plusNanos(1_000))
                        .build(),
                SettledFile.builder()
                        .ordinal(1)
                        .outcome(FileOutcome.FAILED)
                        .attempts(1_000)
                        .finishedAt(T0.plusNanos(2_000))
                        .durationMillis(Integer.MAX_VALUE)
                        .jobId("own")
                        .message("why")
                        .build(),
                SettledFile.builder()
                        .ordinal(2)
                        .outcome(FileOutcome.CANCELLED)
                        .attempts(2)
                        .finishedAt(T0.plusNanos(3_000))
                        .durationMillis(7)
                        .jobId("own-2")
                        .message("stopped")
                        .build(),
                SettledFile.builder()
                        .ordinal(3)
                        .outcome(FileOutcome.MAPPING_ERROR)
                        .finishedAt(T0.plusNanos(4_000))
                        .message("no job")
                        .build(),
                SettledFile.builder()
                        .ordinal(4)
                        .outcome(FileOutcome.FAILED)
                        .attempts(3)
                        .finishedAt(T0.plusNanos(5_000))
                        .durationMillis(8)
                        .message("")
                        .build());
    }
}
