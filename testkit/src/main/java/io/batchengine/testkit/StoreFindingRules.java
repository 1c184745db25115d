package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.StoredBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** S2: a batch is found within its project only, and as it is now. */
interface StoreFindingRules {
    @Test
    default void s02_01_a_batch_is_found_by_its_id(StoreUnderTest store) {
        StoredBatch one = store.created();
        StoredBatch two = store.created();
        assertEquals(Optional.of(one), store.spi.find(new BatchKey.ById(PROJECT, one.id())));
        assertEquals(Optional.of(two), store.spi.find(new BatchKey.ById(PROJECT, two.id())));
    }

    @Test
    default void s02_02_an_unknown_id_finds_nothing(StoreUnderTest store) {
        store.created();
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ById(PROJECT, store.newId())));
    }

    @Test
    default void s02_03_another_projects_batch_is_not_found_by_its_id(StoreUnderTest store) {
        StoredBatch batch = store.created(OTHER_PROJECT);
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ById(PROJECT, batch.id())));
    }

    @Test
    default void s02_04_a_batch_is_found_by_its_key(StoreUnderTest store) {
        store.created();
        StoredBatch batch = store.batch().key("key").create();
        assertEquals(Optional.of(batch), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
    }

    @Test
    default void s02_05_an_unknown_key_finds_nothing(StoreUnderTest store) {
        store.created();
        store.batch().key("key").create();
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "other")));
    }

    @Test
    default void s02_06_another_projects_batch_is_not_found_by_its_key(StoreUnderTest store) {
        store.batch().project(OTHER_PROJECT).key("key").create();
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
    }

    @Test
    default void s02_07_a_key_that_is_another_batchs_id_is_a_key(StoreUnderTest store) {
        StoredBatch one = store.created();
        StoredBatch two = store.batch().key(one.id()).create();
        assertEquals(Optional.of(one), store.look(one));
        assertEquals(Optional.of(two), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, one.id())));
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, two.id())));
    }

    @Test
    default void s02_08_each_write_is_seen_by_the_next_read(StoreUnderTest store) {
        StoredBatch batch = store.claimed(store.batch().key("key"));
        for (BatchStatus status : List.of(BatchStatus.RUNNING, BatchStatus.THROTTLED, BatchStatus.FAILED)) {
            StoredBatch after = store.write(batch).status(status).apply();
            assertEquals(status, after.state().status());
            assertEquals(Optional.of(after), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
            batch = after;
        }
    }
}
