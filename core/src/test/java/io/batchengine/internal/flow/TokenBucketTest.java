package io.batchengine.internal.flow;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.Rate;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @CsvSource({"0.0000001, 1", "0.5, 3", "3, 1", "7, 100", "900000, 1", "900000, 90000", "1000000, 1000000"})
    void no_more_is_taken_in_any_time_than_the_rate_and_the_burst(double perSecond, int burst) {
        Random random = new Random(1);
        TokenBucket bucket = new TokenBucket(
                Rate.perSecond(perSecond).withBurst(burst), Long.MAX_VALUE - SECOND); // a ticker may run over
        long now = Long.MAX_VALUE - SECOND;
        double passed = 0;
        double least = Double.MAX_VALUE;
        int taken = 0;
        for (int i = 0; i < 200_000; i++) {
            if (bucket.tryTake(now)) {
                double ahead = taken - perSecond * passed / 1e9;
                least = Math.min(least, ahead);
                assertThat(ahead - least + 1).isLessThanOrEqualTo(burst + 1e-3);
                taken++;
            } else {
                assertThat(bucket.untilToken(now)).isPositive();
            }
            long step = random.nextInt(4) > 0 ? 0 : (long) (random.nextDouble() * 3e9 / perSecond);
            now += step;
            passed += step;
        }
        assertThat(taken).isGreaterThanOrEqualTo(Math.min(burst, 200_000));
    }

    @Test
    void until_tells_to_the_nanosecond_when_there_is_a_token() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(3).withBurst(2), 0);
        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.tryTake(0)).isTrue();
        long wait = requireNonNull(bucket.untilToken(0)).toNanos();
        assertThat(wait).isEqualTo(333_333_334);
        assertThat(bucket.tryTake(wait - 1)).isFalse();
        assertThat(bucket.tryTake(wait)).isTrue();
    }

    @Test
    void a_token_that_was_promised_is_not_there_for_others() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(10).withBurst(2), 0);
        assertThat(bucket.untilToken(0)).isZero();
        bucket.promise();
        assertThat(bucket.untilToken(0)).isZero();
        bucket.promise();
        assertThat(bucket.untilToken(0)).isEqualTo(Duration.ofMillis(100));
        assertThat(bucket.untilToken(5 * SECOND)).as("it holds two").isEqualTo(Duration.ofMillis(100));
        bucket.arrived();
        assertThat(bucket.untilToken(5 * SECOND)).isZero();
    }

    @Test
    void a_token_that_is_given_back_can_be_taken_again_and_makes_no_second_one() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(1).withBurst(1), 0);
        assertThat(bucket.tryTake(0)).isTrue();
        bucket.giveBack();
        assertThat(bucket.isFull(0)).isTrue();
        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.tryTake(0)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        // rate, burst, taken, new rate, new burst, tokens then
        "10, 10, 10, 10, 100, 0",
        "10, 10, 4, 10, 100, 6",
        "10, 10, 4, 1, 3, 3",
        "10, 10, 10, 1, 1, 0",
        "1000, 100, 100, 0.5, 1, 0",
        "0.001, 1, 1, 500, 50, 0"
    })
    void a_changed_rate_keeps_the_tokens_that_are_there(
            double rate, int burst, int taken, double newRate, int newBurst, int there) {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(rate).withBurst(burst), 7);
        for (int i = 0; i < taken; i++) {
            assertThat(bucket.tryTake(7)).isTrue();
        }
        bucket.rate(Rate.perSecond(newRate).withBurst(newBurst), 7);
        int tokens = 0;
        while (bucket.tryTake(7)) {
            tokens++;
        }
        assertThat(tokens).isEqualTo(there);
        assertThat(bucket.untilToken(7)).isEqualTo(Duration.ofNanos((long) Math.ceil(1e9 / newRate)));
    }

    @Test
    void zero_gives_nothing_and_tells_no_time_and_forgets_no_debt() {
        TokenBucket bucket = new TokenBucket(Rate.perSecond(10).withBurst(2), 0);
        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.tryTake(0)).isTrue();
        bucket.rate(Rate.perSecond(0).withBurst(2), 0);
        assertThat(bucket.tryTake(SECOND)).isFalse();
        assertThat(bucket.untilToken(SECOND)).isNull();
        bucket.rate(Rate.perSecond(10).withBurst(2), 0);
        assertThat(bucket.untilToken(0)).isEqualTo(Duration.ofMillis(100));
        bucket.rate(null, 0);
        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.untilToken(0)).isZero();
        assertThat(bucket.rate()).isNull();
    }
}
