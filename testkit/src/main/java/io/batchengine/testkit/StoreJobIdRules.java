package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.settled;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

/** S16: a settled file is found by its job's id, where that is of the factory's own. */
interface StoreJobIdRules {
    private static StoredBatch withJob(StoreUnderTest store, BatchDraft draft, String jobId) {
        return store.write(store.claimed(draft))
                .status(BatchStatus.RUNNING)
                .page("a", "b", "c")
                .settle(settled(1, FileOutcome.FAILED, jobId))
                .apply();
    }

    @Test
    default void s16_01_a_file_is_found_by_its_jobs_own_id(StoreUnderTest store) {
        StoredBatch batch = withJob(store, store.batch(), "own-1");
        assertEquals(List.of(store.file(batch, 1)), store.byJob(PROJECT, "own-1"));
        assertEquals(batch.id(), store.byJob(PROJECT, "own-1").get(0).batchId());
    }

    @Test
    default void s16_02_an_unknown_job_id_finds_nothing(StoreUnderTest store) {
        withJob(store, store.batch(), "own-1");
        assertEquals(List.of(), store.byJob(PROJECT, "own-2"));
        assertEquals(List.of(), store.byJob(PROJECT, "own-"));
    }

    @Test
    default void s16_03_another_projects_job_is_not_found(StoreUnderTest store) {
        withJob(store, store.batch().project(OTHER_PROJECT), "own-1");
        assertEquals(List.of(), store.byJob(PROJECT, "own-1"));
        assertEquals(List.of(), store.byJob("prj-unknown", "own-1"));
    }

    @Test
    default void s16_04_two_projects_may_use_one_job_id(StoreUnderTest store) {
        StoredBatch own = withJob(store, store.batch(), "own-1");
        StoredBatch other = withJob(store, store.batch().project(OTHER_PROJECT), "own-1");
        assertEquals(List.of(store.file(own, 1)), store.byJob(PROJECT, "own-1"));
        assertEquals(List.of(store.file(other, 1)), store.byJob(OTHER_PROJECT, "own-1"));
    }

    @Test
    default void s16_05_a_refused_end_leaves_no_job_id_behind(StoreUnderTest store) {
        StoredBatch batch = withJob(store, store.batch(), "own-1");
        batch = store.write(batch)
                .settleAgain(settled(1, FileOutcome.SUCCEEDED, "own-2"))
                .apply();
        assertEquals(List.of(store.file(batch, 1)), store.byJob(PROJECT, "own-1"));
        assertEquals(List.of(), store.byJob(PROJECT, "own-2"));
        store.write(batch)
                .epoch(9)
                .settle(settled(2, FileOutcome.FAILED, "own-3"))
                .verdict();
        assertEquals(List.of(), store.byJob(PROJECT, "own-3"));
    }

    @Test
    default void s16_06_each_of_many_jobs_finds_its_own_file(StoreUnderTest store) {
        StoredBatch one = store.running("a", "b");
        StoredBatch two = store.running("a", "b");
        one = store.write(one)
                .settle(settled(0, FileOutcome.FAILED, "own-1"))
                .settle(settled(1, FileOutcome.FAILED, "own-2"))
                .apply();
        two = store.write(two).settle(settled(0, FileOutcome.FAILED, "own-3")).apply();
        assertEquals(List.of(store.file(one, 0)), store.byJob(PROJECT, "own-1"));
        assertEquals(List.of(store.file(one, 1)), store.byJob(PROJECT, "own-2"));
        assertEquals(List.of(store.file(two, 0)), store.byJob(PROJECT, "own-3"));
    }

    @Test
    default void s16_07_a_deleted_batchs_jobs_are_not_found(StoreUnderTest store) {
        StoredBatch batch = withJob(store, store.batch(), "own-1");
        store.delete(store.moved(batch, BatchStatus.COMPLETED));
        assertEquals(List.of(), store.byJob(PROJECT, "own-1"));
    }
}
