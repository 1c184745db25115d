package io.batchengine.internal.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rate by which the time left of a batch is told, in simulated time. */
class RecentRateTest {
    private long nanos = 7_000_000_000L;
    private final RecentRate rate = new RecentRate(nanos);

    @Test
    void it_is_none_before_the_first_file_and_right_from_the_first_write_on() {
        assertThat(now()).isZero();
        pass(5_000);
        assertThat(now()).isZero();
        work(1, 5_000, 50);
        assertThat(now()).isEqualTo(5);
    }

    @Test
    void an_even_rate_is_told_as_it_is() {
        for (int second = 0; second < 500; second++) {
            work(20, 50, 5);
            assertThat(now()).isCloseTo(100, withinPercentage(1));
        }
    }

    @Test
    void a_standstill_is_forgotten_when_the_work_goes_on_and_does_not_change_it_meanwhile() {
        work(2_000, 50, 5);
        pass(900_000);
        assertThat(now()).isCloseTo(100, withinPercentage(20));
        work(20, 50, 5);
        assertThat(now()).isCloseTo(100, withinPercentage(20));
        work(1_200, 50, 5);
        assertThat(now()).isCloseTo(100, withinPercentage(1));
    }

    @Test
    void a_standstill_before_the_first_file_is_forgotten_after_a_minute() {
        pass(3_600_000);
        work(1_240, 50, 5);
        assertThat(now()).isCloseTo(100, withinPercentage(5));
    }

    @Test
    void waiting_for_retries_does_not_count_from_the_first_file_on() {
        pass(1_000);
        rate.rests(nanos);
        pass(600_000);
        assertThat(now()).isZero();
        rate.goesOn(nanos);
        work(1, 100, 110);
        assertThat(now()).isCloseTo(100, withinPercentage(1));
        work(10, 50, 5);
        assertThat(now()).isCloseTo(100, withinPercentage(1));
    }

    @Test
    void files_that_are_written_while_it_waits_for_retries_count_with_the_time_of_their_work() {
        pass(1_000);
        rate.rests(nanos);
        pass(200);
        rate.ended(100, nanos);
        pass(600_000);
        assertThat(now()).isCloseTo(100, withinPercentage(1));
        rate.rests(nanos);
        pass(1_000);
        rate.goesOn(nanos);
        rate.goesOn(nanos);
        work(20, 50, 5);
        assertThat(now()).isCloseTo(100, withinPercentage(1));
    }

    @Test
    void a_burst_and_a_slow_start_are_forgotten_after_a_minute() {
        work(1, 100, 100_000);
        work(70, 1_000, 1);
        assertThat(now()).isCloseTo(1, withinPercentage(5));
        work(1_300, 50, 50);
        assertThat(now()).isCloseTo(1_000, withinPercentage(5));
    }

    @Test
    void few_files_that_take_long_are_averaged() {
        work(20, 600_000, 1);
        assertThat(now() * 600).isCloseTo(1, withinPercentage(1));
        pass(599_000);
        assertThat(now() * 600).isCloseTo(1, withinPercentage(35));
    }

    @Test
    void files_that_begin_to_take_far_longer_are_believed_after_two() {
        work(2_000, 50, 5);
        work(6, 300_000, 1);
        assertThat(now() * 300).isCloseTo(1, withinPercentage(40));
    }

    @Test
    void an_hour_of_large_and_rare_writes_is_told_as_it_is() {
        work(120, 30_000, 65_536);
        assertThat(now()).isCloseTo(65_536 / 30.0, withinPercentage(1));
    }

    private void work(int writes, long millisEach, int files) {
        for (int i = 0; i < writes; i++) {
            pass(millisEach);
            rate.ended(files, nanos);
            rate.ended(0, nanos);
        }
    }

    private void pass(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private double now() {
        return rate.perSecond(nanos);
    }
}
