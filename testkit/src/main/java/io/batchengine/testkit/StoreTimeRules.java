package io.batchengine.testkit;

import static io.batchengine.testkit.StoreUnderTest.ENGINE;
import static io.batchengine.testkit.StoreUnderTest.LONG;
import static io.batchengine.testkit.StoreUnderTest.T0;
import static io.batchengine.testkit.StoreUnderTest.TYPE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** S13: time as the store tells it only goes forward. */
interface StoreTimeRules {
    private static Instant updated(StoredBatch batch) {
        return batch.state().updatedAt();
    }

    @Test
    default void s13_01_a_write_is_recorded_at_its_writers_time(StoreUnderTest store) {
        Instant at = T0.plusSeconds(60);
        assertEquals(at, updated(store.write(store.running("a")).at(at).apply()));
    }

    @Test
    default void s13_02_what_is_below_a_microsecond_is_cut(StoreUnderTest store) {
        Instant at = T0.plusSeconds(60);
        assertEquals(
                at,
                updated(store.write(store.running("a")).at(at.plusNanos(999)).apply()));
        store.created();
        Instant claimedAt = T0.plusSeconds(61);
        List<Claimed> claimed = store.spi.claim(ClaimRequest.builder()
                .owner("b")
                .claimToken(store.newToken())
                .lease(LONG)
                .types(Set.of(TYPE))
                .limit(1)
                .at(claimedAt.plusNanos(999))
                .build());
        assertEquals(claimedAt, updated(claimed.get(0).batch()));
    }

    @Test
    default void s13_03_while_the_clock_stands_each_write_is_a_microsecond_later(StoreUnderTest store) {
        Instant at = T0.plusSeconds(60);
        StoredBatch batch = store.write(store.running("a")).at(at).apply();
        for (int i = 1; i <= 3; i++) {
            batch = store.write(batch).at(at).apply();
            assertEquals(at.plusNanos(1_000L * i), updated(batch));
        }
    }

    @Test
    default void s13_04_when_the_clock_goes_back_each_write_is_a_microsecond_later(StoreUnderTest store) {
        Instant at = T0.plusSeconds(60);
        StoredBatch batch = store.write(store.running("a")).at(at).apply();
        batch = store.write(batch).at(at.minus(Duration.ofHours(1))).apply();
        assertEquals(at.plusNanos(1_000), updated(batch));
        batch = store.write(batch).at(at.minus(Duration.ofDays(3_650))).apply();
        assertEquals(at.plusNanos(2_000), updated(batch));
    }

    @Test
    default void s13_05_a_claim_of_a_clock_that_went_back_is_a_microsecond_later_too(StoreUnderTest store) {
        StoredBatch batch = store.created();
        List<Claimed> claimed = store.spi.claim(ClaimRequest.builder()
                .owner(ENGINE)
                .claimToken(store.newToken())
                .lease(LONG)
                .types(Set.of(TYPE))
                .limit(1)
                .at(T0.minus(Duration.ofHours(1)))
                .build());
        assertEquals(updated(batch).plusNanos(1_000), updated(claimed.get(0).batch()));
        assertEquals(claimed.get(0).batch(), store.find(batch));
    }

    @Test
    default void s13_06_a_clock_ten_years_ahead_is_recorded_and_does_not_stop_later_writes(StoreUnderTest store) {
        Instant ahead = T0.plus(Duration.ofDays(3_650));
        StoredBatch batch = store.write(store.running("a")).at(ahead).apply();
        assertEquals(ahead, updated(batch));
        assertEquals(ahead.plusNanos(1_000), updated(store.write(batch).apply()));
    }

    @Test
    default void s13_07_a_batch_starts_when_it_first_runs_and_not_again(StoreUnderTest store) {
        StoredBatch throttled =
                store.write(store.claimed()).status(BatchStatus.THROTTLED).apply();
        assertNull(throttled.state().startedAt());
        StoredBatch running = store.write(throttled).status(BatchStatus.RUNNING).apply();
        assertEquals(updated(running), running.state().startedAt());
        StoredBatch again = store.moved(store.moved(running, BatchStatus.THROTTLED), BatchStatus.RUNNING);
        assertEquals(updated(running), again.state().startedAt());
    }

    @Test
    default void s13_08_a_batch_finishes_when_it_becomes_terminal(StoreUnderTest store) {
        for (BatchStatus status : List.of(BatchStatus.COMPLETED, BatchStatus.FAILED, BatchStatus.CANCELLED)) {
            StoredBatch running = store.running("a");
            assertNull(running.state().finishedAt());
            StoredBatch ended = store.moved(running, status);
            assertEquals(updated(ended), ended.state().finishedAt());
            assertEquals(running.state().startedAt(), ended.state().startedAt());
        }
    }

    @Test
    default void s13_09_a_batch_that_never_ran_finishes_without_a_start(StoreUnderTest store) {
        StoredBatch ended = store.inStatus(BatchStatus.CANCELLED);
        assertNull(ended.state().startedAt());
        assertEquals(updated(ended), ended.state().finishedAt());
    }

    @Test
    default void s13_10_creation_start_and_end_are_in_order_whatever_the_clock_says(StoreUnderTest store) {
        StoredBatch claimed = store.claimed();
        Instant created = claimed.request().createdAt();
        StoredBatch running = store.write(claimed)
                .status(BatchStatus.RUNNING)
                .at(created.minusSeconds(9))
                .apply();
        StoredBatch ended = store.write(running)
                .status(BatchStatus.COMPLETED)
                .at(created.minusSeconds(99))
                .apply();
        assertTrue(created.isBefore(updated(running)), "started behind creation");
        assertTrue(updated(running).isBefore(updated(ended)), "finished behind start");
    }

    @Test
    default void s13_11_a_refused_commit_does_not_move_the_time(StoreUnderTest store) {
        StoredBatch batch = store.running("a");
        store.write(batch).version(9).at(T0.plusSeconds(99)).verdict();
        assertEquals(updated(batch), updated(store.find(batch)));
    }
}
