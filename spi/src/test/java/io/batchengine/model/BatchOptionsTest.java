package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOptionsTest {
    @ParameterizedTest
    @CsvSource({"1, 0.0625", "4, 0.5", "5, 1", "6, 2", "9, 16"})
    void each_step_of_priority_doubles_the_weight(int priority, double weight) {
        assertThat(BatchOptions.DEFAULT.withPriority(priority).weight()).isEqualTo(weight);
    }
}
