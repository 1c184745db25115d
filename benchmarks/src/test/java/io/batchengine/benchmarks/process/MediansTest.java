package io.batchengine.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What rounds come to. */
class MediansTest {
    @Test
    void the_median_is_in_the_middle_of_the_values_whatever_their_order() {
        assertThat(Medians.median(9, 1, 5)).isEqualTo(5);
        assertThat(Medians.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThatIllegalArgumentException().isThrownBy(Medians::median);
    }

    @Test
    void a_percentile_is_the_least_value_that_the_part_does_not_exceed() {
        double[] hundreds = IntStream.rangeClosed(1, 200).mapToDouble(i -> i).toArray();
        assertThat(Medians.percentile(0.99, hundreds)).isEqualTo(198);
        assertThat(Medians.percentile(1, hundreds)).isEqualTo(200);
        assertThat(Medians.percentile(0.99, 7)).isEqualTo(7);
    }

    @Test
    void ratios_are_of_rounds_that_stood_side_by_side() {
        Duel duel = new Duel(List.of(round(100), round(200)), List.of(round(400), round(200)));
        assertThat(duel.ratios()).containsExactly(4, 1);
        assertThat(duel.ourRate()).isEqualTo((10_000 + 5_000) / 2.0);
        assertThat(duel.theirRate()).isEqualTo((2_500 + 5_000) / 2.0);
    }

    @Test
    void a_round_is_told_in_a_line() {
        Round round = new Round(1, 2, 3, 4, 5, 6, 7);
        assertThat(Round.ofAnswer(round.toAnswer())).isEqualTo(round);
    }

    private static Round round(long millis) {
        return new Round(1_000, millis * 1_000_000, 0, 0, 0, 0, 0);
    }
}
