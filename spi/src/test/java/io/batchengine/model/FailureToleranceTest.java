package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FailureToleranceTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, false",
        "0, 1, 0, true",
        "0, 0, 1, true",
        "3, 2, 1, false",
        "3, 2, 2, true",
        "3, 0, 4, true",
    })
    void a_count_is_passed_by_failed_jobs_and_mapping_errors_together(
            long tolerated, long failed, long mappingErrors, boolean exceeded) {
        FailureTolerance tolerance = FailureTolerance.ofCount(tolerated);
        FileCounts counts = FileCounts.builder()
                .listed(1_000_000)
                .duplicates(9)
                .mappingErrors(mappingErrors)
                .succeeded(500)
                .failed(failed)
                .cancelled(7)
                .build();
        assertThat(tolerance.isExceeded(counts, false)).isEqualTo(exceeded);
        assertThat(tolerance.isExceeded(counts, true)).isEqualTo(exceeded);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 100, 100, 100, false", // of 1,000 at the least
        "10, 101, 101, 101, true",
        "10, 200, 5000, 2000, false", // of what is settled, not of what is listed
        "10, 201, 5000, 2000, true",
        "0, 1, 1, 1, true",
        "100, 5000, 5000, 5000, false",
    })
    void while_files_are_listed_a_percentage_is_of_the_settled_ones_or_of_a_thousand(
            double percent, long failed, long listed, long settled, boolean exceeded) {
        assertThat(FailureTolerance.ofPercent(percent).isExceeded(counts(listed, settled, failed), false))
                .isEqualTo(exceeded);
    }

    @ParameterizedTest
    @CsvSource({
        "10, 1, 10, false",
        "10, 1, 9, true",
        "10, 10, 100, false",
        "10, 11, 100, true",
        "10, 101, 1000, true",
        "29, 29, 100, false", // 0.29 * 100 is less than 29 in binary
        "33.3, 333, 1000, false",
        "33.3, 334, 1000, true",
        "0.1, 1, 1000, false",
        "0.1, 2, 1000, true",
        "0, 1, 4294967295, true",
        "100, 3, 3, false",
        "99.99999999, 4294967295, 4294967295, true",
    })
    void once_all_files_are_listed_a_percentage_is_of_all_and_exact(
            double percent, long failed, long listed, boolean exceeded) {
        assertThat(FailureTolerance.ofPercent(percent).isExceeded(counts(listed, failed, failed), true))
                .isEqualTo(exceeded);
    }

    @Test
    void of_two_bounds_the_one_that_is_passed_first_decides() {
        FailureTolerance tolerance = FailureTolerance.ofCount(5).withMaxPercent(1);
        assertThat(tolerance.isExceeded(counts(100_000, 6, 5), true)).isFalse();
        assertThat(tolerance.isExceeded(counts(100_000, 6, 6), true)).isTrue();
        assertThat(tolerance.isExceeded(counts(100, 2, 2), true)).isTrue();
    }

    @Test
    void all_may_fail_unless_something_else_is_said() {
        assertThat(BatchOptions.DEFAULT.tolerance()).isEqualTo(FailureTolerance.ALL);
        FileCounts allFailed = counts(Ids.MAX_ORDINAL, Ids.MAX_ORDINAL, Ids.MAX_ORDINAL);
        assertThat(FailureTolerance.ALL.isExceeded(allFailed, false)).isFalse();
        assertThat(FailureTolerance.ALL.isExceeded(allFailed, true)).isFalse();
    }

    @Test
    void equal_tolerances_are_equal() {
        assertThat(FailureTolerance.ofPercent(-0.0)).isEqualTo(FailureTolerance.ofPercent(0));
        assertThat(FailureTolerance.ofCount(Ids.MAX_ORDINAL)).isEqualTo(FailureTolerance.ofPercent(100));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.5, 100.01, Double.NaN, Double.POSITIVE_INFINITY})
    void a_percentage_out_of_its_range_is_refused(double percent) {
        assertThatThrownBy(() -> FailureTolerance.ofPercent(percent))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(percent + " %")
                .hasMessageContaining("0 to 100");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Ids.MAX_ORDINAL + 1})
    void a_count_out_of_its_range_is_refused(long files) {
        assertThatThrownBy(() -> FailureTolerance.ofCount(files))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(String.valueOf(files))
                .hasMessageContaining("0 to 4294967295");
    }

    private static FileCounts counts(long listed, long settled, long failed) {
        return FileCounts.builder()
                .listed(listed)
                .succeeded(settled - failed)
                .failed(failed)
                .build();
    }
}
