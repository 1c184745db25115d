package io.batchengine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A rate that changes while the bucket is in use. */
class TokenBucketRateTest {
    private static final long NOW = 5_000_000_000L;

    @Test
    void a_lowered_rate_holds_for_no_longer_than_its_own_interval() {
        TokenBucket bucket = emptied(Rate.perSecond(200).withBurst(20));

        bucket.rate(Rate.perSecond(0.2).withBurst(1), NOW);

        assertThat(bucket.tryTake(NOW)).isFalse();
        assertThat(bucket.untilToken(NOW)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void a_raised_rate_gives_no_burst_that_was_used_before() {
        TokenBucket bucket = emptied(Rate.perSecond(10).withBurst(20));

        bucket.rate(Rate.perSecond(100).withBurst(20), NOW);

        assertThat(bucket.tryTake(NOW)).isFalse();
        assertThat(bucket.untilToken(NOW)).isEqualTo(Duration.ofMillis(10));
    }

    private static TokenBucket emptied(Rate rate) {
        TokenBucket bucket = new TokenBucket(rate, NOW);
        for (int i = 0; i < rate.burst(); i++) {
            assertThat(bucket.tryTake(NOW)).isTrue();
        }
        assertThat(bucket.tryTake(NOW)).isFalse();
        return bucket;
    }
}
