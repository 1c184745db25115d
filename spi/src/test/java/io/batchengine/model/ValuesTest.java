package io.batchengine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.RetryPolicy.Failure;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that are out of range are refused where they are made, with a message that names them. */
class ValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "Parse", "parse-v2", "2parse", "parse v2", "pärse"})
    void job_type_names_have_a_form(String name) {
        refused(() -> JobType.of(name), name);
    }

    @Test
    void job_types_are_open() {
        assertThat(JobType.of("thumbnail_v1")).hasToString("thumbnail_v1");
    }

    @Test
    void options_are_refused_out_of_range() {
        refused(() -> BatchOptions.DEFAULT.withJobTimeout(Duration.ZERO), "PT0S");
        refused(() -> BatchOptions.DEFAULT.withMaxFiles(-1), "-1");
        refused(() -> BatchOptions.DEFAULT.withPriority(0), "priority 0 is not within 1 to 9");
        refused(() -> BatchOptions.DEFAULT.withPriority(10), "priority 10 is not within 1 to 9");
        refused(() -> RetryPolicy.of(0), "0");
        refused(() -> RetryPolicy.of(2).withBackoff(Duration.ofSeconds(2), Duration.ofSeconds(1)), "PT2S");
    }

    @Test
    void each_option_changes_alone() {
        RetryPolicy retry = RetryPolicy.of(3);
        FailureTolerance tolerance = FailureTolerance.ofCount(3);
        BatchOptions options = BatchOptions.DEFAULT
                .withPriority(9)
                .withTolerance(tolerance)
                .withMaxFiles(8)
                .withJobTimeout(Duration.ofSeconds(7))
                .withRetry(retry);
        assertThat(options.retry()).isEqualTo(retry);
        assertThat(options.jobTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(options.maxFiles()).isEqualTo(8);
        assertThat(options.tolerance()).isEqualTo(tolerance);
        assertThat(options.priority()).isEqualTo(9);
        assertThat(BatchOptions.DEFAULT.withPriority(9).withPriority(5)).isEqualTo(BatchOptions.DEFAULT);
    }

    @Test
    void what_is_retried_is_kept_in_one_order_and_does_not_change() {
        Set<Failure> given = new LinkedHashSet<>(List.of(Failure.TIMEOUT, Failure.CREATION));
        RetryPolicy policy = RetryPolicy.of(3).withRetryOn(given);
        given.clear();
        assertThat(policy.retryOn()).containsExactly(Failure.CREATION, Failure.TIMEOUT);
        assertThat(policy).isEqualTo(RetryPolicy.of(3).withRetryOn(Set.of(Failure.CREATION, Failure.TIMEOUT)));
        assertThat(policy.maxAttempts()).isEqualTo(3);
        assertThatThrownBy(() -> policy.retryOn().add(Failure.EXECUTION))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(RetryPolicy.of(3).retryOn()).containsExactly(Failure.values());
        assertThat(policy.withRetryOn(Set.of()).retryOn()).isEmpty();
    }

    @Test
    void counts_sum() {
        FileCounts counts = FileCounts.builder()
                .listed(10)
                .duplicates(2)
                .mappingErrors(1)
                .succeeded(3)
                .failed(2)
                .cancelled(1)
                .build()
                .plus(FileCounts.builder().listed(1).succeeded(1).build());
        assertThat(counts.settled()).isEqualTo(8);
        assertThat(counts.mapped()).isEqualTo(7);
        assertThat(counts.failedFiles()).isEqualTo(3);
        assertThat(counts.listed()).isEqualTo(11);
    }

    private static void refused(ThrowingCallable call, String value) {
        assertThatThrownBy(call).isInstanceOfSatisfying(BatchEngineException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
            assertThat(e.category()).isEqualTo(ErrorCategory.USER);
            assertThat(e).hasMessageContaining(value);
        });
    }
}
