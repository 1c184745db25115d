package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.OTHER_PROJECT;
import static io.batchengine.testkit.StoreUnderTest.OTHER_TYPE;
import static io.batchengine.testkit.StoreUnderTest.PROJECT;
import static io.batchengine.testkit.StoreUnderTest.ids;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.Ids;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S1: batches are created once for each idempotency key, and kept as they were given. */
interface StoreCreationRules {
    @Test
    default void s01_01_a_created_batch_is_pending_unowned_and_of_version_and_epoch_0(StoreUnderTest store) {
        BatchRecord batch = store.batch().build();
        StoredBatch expected = StoredBatch.created(batch);
        assertEquals(new CreateResult.Created(expected), store.spi.create(batch));
        assertEquals(expected, store.find(expected));
    }

    @Test
    default void s01_02_every_field_that_it_was_created_with_is_kept(StoreUnderTest store) {
        StoredBatch origin = store.ended(PROJECT, BatchStatus.FAILED);
        RetryPolicy retry = RetryPolicy.of(7)
                .withBackoff(Duration.ofNanos(1_500_000_001), Duration.ofDays(3))
                .withRetryOn(Set.of(RetryPolicy.Failure.CREATION, RetryPolicy.Failure.TIMEOUT));
        FailureTolerance tolerance = FailureTolerance.ofCount(1_234).withMaxPercent(0.1 + 0.2);
        BatchRecord batch = store.batch()
                .scope(new Scope("org-a", PROJECT))
                .directory("dir-other")
                .type(OTHER_TYPE)
                .configuration("cfg-other", "{\"lang\": \"de\"}")
                .options(BatchOptions.DEFAULT
                        .withRetry(retry)
                        .withJobTimeout(Duration.ofMillis(90_061))
                        .withMaxFiles(12_345)
                        .withTolerance(tolerance)
                        .withPriority(8))
                .key("key")
                .fingerprint("0123abcd")
                .requestedBy("somebody")
                .retryOf(origin)
                .build();
        store.spi.create(batch);
        assertEquals(Optional.of(StoredBatch.created(batch)), store.spi.find(new BatchKey.ById(PROJECT, batch.id())));
    }

    @Test
    default void s01_03_what_may_be_null_or_empty_stays_so(StoreUnderTest store) {
        BatchRecord batch =
                store.batch().fingerprint("").configuration("cfg", "").build();
        store.spi.create(batch);
        BatchRecord found = store.spi
                .find(new BatchKey.ById(PROJECT, batch.id()))
                .orElseThrow()
                .request();
        assertEquals(batch, found);
    }

    @Test
    default void s01_04_a_time_of_creation_is_kept_to_the_microsecond(StoreUnderTest store) {
        Instant time = Instant.parse("2026-02-28T23:59:59.999999Z");
        assertEquals(time, store.find(store.batch().at(time).create()).request().createdAt());
    }

    @Test
    default void s01_05_a_key_used_before_with_the_same_fingerprint_gives_the_first_batch(StoreUnderTest store) {
        StoredBatch first = store.batch().key("key").fingerprint("same").create();
        assertEquals(
                new CreateResult.Existing(first),
                store.batch().key("key").fingerprint("same").send());
    }

    @Test
    default void s01_06_a_key_used_before_with_another_fingerprint_is_a_conflict(StoreUnderTest store) {
        StoredBatch first = store.batch().key("key").fingerprint("one").create();
        assertEquals(
                new CreateResult.Conflict(first),
                store.batch().key("key").fingerprint("two").send());
    }

    @Test
    default void s01_07_a_refused_creation_stores_nothing(StoreUnderTest store) {
        StoredBatch first = store.batch().key("key").fingerprint("one").create();
        for (String fingerprint : List.of("one", "two")) {
            BatchRecord again =
                    store.batch().key("key").fingerprint(fingerprint).build();
            store.spi.create(again);
            assertEquals(Optional.empty(), store.spi.find(new BatchKey.ById(PROJECT, again.id())));
        }
        assertEquals(List.of(first), store.list().batches());
    }

    @Test
    default void s01_08_a_key_belongs_to_its_project(StoreUnderTest store) {
        store.batch().key("key").create();
        StoredBatch other = store.batch().project(OTHER_PROJECT).key("key").create();
        assertEquals(Optional.of(other), store.spi.find(new BatchKey.ByIdempotencyKey(OTHER_PROJECT, "key")));
    }

    @Test
    default void s01_09_batches_without_a_key_never_meet(StoreUnderTest store) {
        BatchRecord first = store.batch().build();
        StoredBatch one = store.batch().create();
        StoredBatch two = store.batch().create();
        store.spi.create(first);
        assertEquals(3, store.list().batches().size());
        assertEquals(List.of(two.id(), one.id(), first.id()), ids(store.list().batches()));
    }

    @Test
    default void s01_10_a_key_stays_taken_whatever_becomes_of_its_batch(StoreUnderTest store) {
        StoredBatch held = store.claimed(store.batch().key("key"));
        assertEquals(new CreateResult.Existing(held), store.batch().key("key").send());
        StoredBatch ended = store.write(held).status(BatchStatus.CANCELLED).apply();
        assertEquals(new CreateResult.Existing(ended), store.batch().key("key").send());
    }

    @Test
    default void s01_11_a_creation_that_is_repeated_gives_the_batch_that_it_made(StoreUnderTest store) {
        BatchRecord keyed = store.batch().key("key").build();
        BatchRecord keyless = store.batch().build();
        for (BatchRecord batch : List.of(keyed, keyless)) {
            store.spi.create(batch);
            assertEquals(new CreateResult.Existing(StoredBatch.created(batch)), store.spi.create(batch));
        }
        assertEquals(2, store.list().batches().size());
    }

    @Test
    default void s01_12_a_retry_of_a_batch_that_is_not_there_is_refused_and_stores_nothing(StoreUnderTest store) {
        BatchRecord batch = store.batch()
                .retryOf(StoredBatch.created(store.batch().build()))
                .build();
        assertEquals(new CreateResult.OriginMissing(), store.spi.create(batch));
        assertEquals(List.of(), store.list().batches());
    }

    @Test
    default void s01_13_a_retry_of_another_projects_batch_is_refused(StoreUnderTest store) {
        StoredBatch origin = store.ended(OTHER_PROJECT, BatchStatus.FAILED);
        assertEquals(
                new CreateResult.OriginMissing(), store.batch().retryOf(origin).send());
    }

    @Test
    default void s01_14_a_key_is_looked_up_before_the_origin(StoreUnderTest store) {
        StoredBatch origin = store.ended(PROJECT, BatchStatus.FAILED);
        StoredBatch retry = store.claimed(store.batch().retryOf(origin).key("key"));
        StoredBatch ended = store.write(retry).status(BatchStatus.CANCELLED).apply();
        store.delete(origin);
        assertEquals(
                new CreateResult.Existing(ended),
                store.batch().retryOf(origin).key("key").send());
    }

    @Test
    default void s01_15_a_refused_retry_leaves_its_key_free(StoreUnderTest store) {
        StoredBatch missing = StoredBatch.created(store.batch().build());
        store.batch().retryOf(missing).key("key").send();
        assertEquals(Optional.empty(), store.spi.find(new BatchKey.ByIdempotencyKey(PROJECT, "key")));
        store.batch().key("key").create();
    }

    @Test
    default void s01_16_options_are_kept_whatever_they_are(StoreUnderTest store) {
        List<BatchOptions> all = new ArrayList<>();
        for (RetryPolicy.Failure failure : RetryPolicy.Failure.values()) {
            all.add(BatchOptions.DEFAULT.withRetry(RetryPolicy.of(3).withRetryOn(Set.of(failure))));
        }
        all.add(BatchOptions.DEFAULT.withRetry(RetryPolicy.NONE.withRetryOn(Set.of())));
        for (int priority = BatchOptions.LOWEST_PRIORITY; priority <= BatchOptions.HIGHEST_PRIORITY; priority++) {
            all.add(BatchOptions.DEFAULT.withPriority(priority));
        }
        for (double percent : new double[] {0, Double.MIN_VALUE, 1 / 3.0, 50, Math.nextDown(100.0), 100}) {
            all.add(BatchOptions.DEFAULT.withTolerance(FailureTolerance.ofPercent(percent)));
        }
        for (long count : new long[] {0, 1, Ids.MAX_ORDINAL}) {
            all.add(BatchOptions.DEFAULT.withTolerance(FailureTolerance.ofCount(count)));
        }
        for (BatchOptions options : all) {
            StoredBatch created = store.batch().options(options).create();
            assertEquals(options, store.find(created).request().options());
        }
    }
}
