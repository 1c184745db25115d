package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.T0;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S10: recorded pages give each file its ordinal for ever. */
interface StorePageRules {
    private static List<String> fileIds(StoreUnderTest store, StoredBatch batch) {
        List<FileRecord> files = store.files(batch);
        for (int i = 0; i < files.size(); i++) {
            assertEquals(i, files.get(i).ordinal());
        }
        return files.stream().map(FileRecord::fileId).toList();
    }

    private static void assertDoesNotFit(StoreUnderTest store, StoredBatch batch, TestCommit draft) {
        List<FileRecord> files = store.files(batch);
        BatchCommit commit = draft.build();
        assertThrows(
                RuntimeException.class,
                () -> store.commit(commit),
                "a commit that does not fit its pages ends with an exception");
        assertEquals(batch, store.find(batch), "the batch after a commit that does not fit");
        assertEquals(files, store.files(batch), "its files after a commit that does not fit");
    }

    @Test
    default void s10_01_a_page_gives_its_files_ordinals_from_0(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b", "c");
        assertEquals(
                List.of(
                        FileRecord.of(batch.id(), 0, "a", null, null),
                        FileRecord.of(batch.id(), 1, "b", null, null),
                        FileRecord.of(batch.id(), 2, "c", null, null)),
                store.files(batch));
    }

    @Test
    default void s10_02_one_commit_may_record_several_pages(StoreUnderTest store) {
        StoredBatch batch = store.write(store.claimed())
                .status(BatchStatus.RUNNING)
                .page("a")
                .page("b", "c")
                .page("d")
                .apply();
        assertEquals(List.of("a", "b", "c", "d"), fileIds(store, batch));
    }

    @Test
    default void s10_03_pages_go_on_from_commit_to_commit(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        batch = store.write(batch).page("c").apply();
        batch = store.write(batch).apply();
        batch = store.write(batch).page("d", "e").apply();
        assertEquals(List.of("a", "b", "c", "d", "e"), fileIds(store, batch));
        assertEquals("e", batch.state().listedTo());
        assertEquals(5, batch.state().counts().listed());
    }

    @Test
    default void s10_04_pages_outlive_their_owner_and_the_end(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        store.release(batch);
        StoredBatch taken = store.claim("another").get(0).batch();
        assertEquals(List.of("a", "b"), fileIds(store, taken));
        StoredBatch longer = store.write(taken).page("c").apply();
        StoredBatch ended = store.moved(longer, BatchStatus.CANCELLED);
        assertEquals(List.of("a", "b", "c"), fileIds(store, ended));
    }

    @Test
    default void s10_05_batches_over_the_same_files_are_apart(StoreUnderTest store) {
        StoredBatch one = store.running("a", "b");
        StoredBatch two = store.running("a", "b", "c");
        store.write(one).settle(0, FileOutcome.FAILED).apply();
        assertNull(store.file(two, 0).settled());
        assertEquals(List.of("a", "b"), fileIds(store, one));
        assertEquals(List.of("a", "b", "c"), fileIds(store, two));
    }

    @Test
    default void s10_06_a_page_that_leaves_a_gap_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        assertDoesNotFit(
                store,
                batch,
                store.write(batch)
                        .counts(FileCounts.builder().listed(4).build())
                        .pageAt(3, List.of("x")));
    }

    @Test
    default void s10_07_a_page_over_a_recorded_one_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        for (long first : new long[] {0, 1}) {
            assertDoesNotFit(
                    store,
                    batch,
                    store.write(batch)
                            .counts(FileCounts.builder().listed(3).build())
                            .pageAt(first, List.of("x")));
        }
    }

    @Test
    default void s10_08_a_settled_file_of_no_page_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        assertDoesNotFit(store, batch, store.write(batch).settle(2, FileOutcome.SUCCEEDED));
        assertDoesNotFit(
                store,
                batch,
                store.write(batch)
                        .page("c")
                        .settle(0, FileOutcome.SUCCEEDED)
                        .settle(2, FileOutcome.SUCCEEDED)
                        .settle(3, FileOutcome.SUCCEEDED));
    }

    @Test
    default void s10_09_a_delayed_file_of_no_page_is_refused_and_changes_nothing(StoreUnderTest store) {
        StoredBatch batch = store.running("a", "b");
        assertDoesNotFit(
                store,
                batch,
                store.write(batch).settle(0, FileOutcome.FAILED).delay(DelayedFile.waiting(2, 1, true, T0)));
    }
}
