package io.batchengine.internal.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.limits.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {
    private final Permits permits = new Permits(Limits.UNLIMITED);
    private final AdaptiveLimit adaptive = new AdaptiveLimit(permits);

    private void hold(int jobs) {
        for (int i = 0; i < jobs; i++) {
            assertThat(permits.tryAcquire()).isTrue();
        }
    }

    @Test
    void the_longest_of_several_waits_wins() {
        hold(3);
        adaptive.refused(Duration.ofSeconds(5), 0, permits.inUse() - 1, 0);
        adaptive.refused(Duration.ofSeconds(1), 0, permits.inUse() - 1, 1_000_000_000);
        assertThat(adaptive.left(1_000_000_000)).isEqualTo(Duration.ofSeconds(4));
        assertThat(adaptive.asked()).isEqualTo(Duration.ofSeconds(5));
        adaptive.refused(Duration.ofSeconds(9), 0, permits.inUse() - 1, 2_000_000_000);
        assertThat(adaptive.left(2_000_000_000)).isEqualTo(Duration.ofSeconds(9));
        assertThat(adaptive.isPaused()).isTrue();
        assertThat(adaptive.left(11_000_000_000L)).isZero();
        assertThat(adaptive.isPaused()).isFalse();
    }

    @Test
    void a_wait_without_end_is_bounded() {
        hold(1);
        adaptive.refused(Duration.ofSeconds(Long.MAX_VALUE), 0, permits.inUse() - 1, 0);
        assertThat(adaptive.left(0)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void who_asks_for_no_wait_is_not_asked_in_a_circle() {
        hold(1);
        adaptive.refused(Duration.ZERO, 0, permits.inUse() - 1, 0);
        assertThat(adaptive.left(0)).isEqualTo(Duration.ofMillis(10));
        assertThat(adaptive.asked()).isZero();
    }

    @Test
    void what_began_before_the_limit_fell_tells_nothing_new() {
        hold(101);
        adaptive.refused(Duration.ZERO, 5, permits.inUse() - 1, 10);
        assertThat(permits.limit()).isEqualTo(90);
        adaptive.refused(Duration.ZERO, 9, permits.inUse() - 1, 20);
        assertThat(permits.limit()).isEqualTo(90);
        for (int i = 0; i < 50; i++) {
            permits.release();
        }
        adaptive.refused(Duration.ZERO, 11, permits.inUse() - 1, 30);
        assertThat(permits.limit()).isEqualTo(45);
    }

    @Test
    void it_never_falls_below_one() {
        hold(1);
        adaptive.refused(Duration.ZERO, 0, permits.inUse() - 1, 0);
        assertThat(permits.limit()).isEqualTo(1);
        assertThat(permits.isFree()).isFalse();
        permits.release();
        assertThat(permits.tryAcquire()).isTrue();
    }

    @Test
    void it_grows_slowly_to_where_it_was_refused_and_faster_beyond_until_nothing_is_left_of_it() {
        hold(51);
        adaptive.refused(Duration.ZERO, 0, permits.inUse() - 1, 0);
        assertThat(permits.limit()).isEqualTo(45);
        for (int limit = 45; limit < 51; limit++) {
            assertThat(permits.limit()).isEqualTo(limit);
            adaptive.accepted(63, 1_000, 1);
            assertThat(permits.limit()).isEqualTo(limit);
            adaptive.accepted(1, 1_000, 1);
        }
        assertThat(permits.limit()).isEqualTo(51);
        adaptive.accepted(51, 1_000, 2);
        assertThat(permits.limit()).isEqualTo(56);
        for (int i = 0; i < 40; i++) {
            if (permits.isFree()) {
                hold(Math.min(1_000, permits.limit()) - permits.inUse());
            }
            adaptive.accepted(permits.inUse(), 1_000, 3);
        }
        assertThat(adaptive.isSlowed()).isFalse();
        assertThat(adaptive.isForgotten(10_000_000)).isTrue();
    }

    @Test
    void it_asks_for_more_seldom_where_being_refused_takes_long() {
        hold(51);
        adaptive.refused(Duration.ofSeconds(1), 0, permits.inUse() - 1, 0);
        adaptive.accepted(1_000, 1_000, Duration.ofSeconds(15).toNanos());
        assertThat(permits.limit()).isEqualTo(45);
        adaptive.accepted(1, 1_000, Duration.ofSeconds(16).toNanos());
        assertThat(permits.limit()).isEqualTo(46);
    }

    @Test
    void a_limit_that_is_not_reached_does_not_grow() {
        hold(51);
        adaptive.refused(Duration.ZERO, 0, permits.inUse() - 1, 0);
        for (int i = 0; i < 30; i++) {
            permits.release();
        }
        adaptive.accepted(10_000, 1_000, 1);
        assertThat(permits.limit()).isEqualTo(45);
        assertThat(adaptive.isForgotten(Duration.ofMinutes(9).toNanos())).isFalse();
        assertThat(adaptive.isForgotten(Duration.ofMinutes(10).toNanos())).isTrue();
    }
}
