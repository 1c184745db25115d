package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.RetryPolicy.Failure;
import io.batchengine.model.Scope;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fingerprints are stored: one that changes makes a conflict of a request that is sent again after an upgrade. */
class RequestFingerprintTest {
    private static final CreateBatch REQUEST = CreateBatch.of("dir-1", JobType.of("test_v1"), "cfg-1");

    private static String of(CreateBatch request) {
        return RequestFingerprint.of(Scope.ofProject("prj-1"), request);
    }

    private static String of(BatchOptions options) {
        return of(REQUEST.withOptions(options));
    }

    @Test
    void it_is_what_it_was() {
        assertThat(of(REQUEST)).isEqualTo("a3760fa91427da54fba0f5d1cbbc878499d7a56a6594584824a02c48d4ffdd05");
        assertThat(of(BatchOptions.DEFAULT))
                .isEqualTo("a2c08ca07895188b7a3d90e39ed2b47f54370d74ca22384c1f46ccb353f99e68");
        assertThat(of(BatchOptions.DEFAULT
                        .withRetry(RetryPolicy.of(3)
                                .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                                .withRetryOn(Set.of(Failure.TIMEOUT)))
                        .withJobTimeout(Duration.ofMinutes(5))
                        .withMaxFiles(1_000)
                        .withTolerance(FailureTolerance.ofCount(5))
                        .withPriority(7)))
                .isEqualTo("02f94265ca3b590d12bf005944c112ea01eb968d5628c41305bb9d2a6076f121");
    }

    @Test
    void whatever_is_asked_for_makes_a_difference() {
        BatchOptions options = BatchOptions.DEFAULT;
        List<String> prints = List.of(
                of(REQUEST),
                of(CreateBatch.of("dir-2", JobType.of("test_v1"), "cfg-1")),
                of(CreateBatch.of("dir-1", JobType.of("test_v2"), "cfg-1")),
                of(CreateBatch.of("dir-1", JobType.of("test_v1"), "cfg-2")),
                of(options),
                of(options.withRetry(RetryPolicy.of(2).withBackoff(Duration.ZERO, Duration.ZERO))),
                of(options.withRetry(RetryPolicy.of(2).withBackoff(Duration.ZERO, Duration.ofSeconds(1)))),
                of(options.withRetry(RetryPolicy.of(2).withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(1)))),
                of(options.withRetry(RetryPolicy.of(2)
                        .withBackoff(Duration.ZERO, Duration.ZERO)
                        .withRetryOn(Set.of(Failure.CREATION)))),
                of(options.withJobTimeout(Duration.ofSeconds(1))),
                of(options.withMaxFiles(1)),
                of(options.withTolerance(FailureTolerance.ofCount(1))),
                of(options.withTolerance(FailureTolerance.ofPercent(1))),
                of(options.withPriority(1)));
        assertThat(new HashSet<>(prints)).hasSameSizeAs(prints);
    }
}
