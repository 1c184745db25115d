package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.model.StatusReason.Code;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunReportTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMPLETED | 48 | 41 | 5 | 2 | 0 | 1   | bat-1 COMPLETED: 48 files, 41 succeeded, 5 failed, 2 mapping errors",
                "COMPLETED | 1  | 0  | 0 | 1 | 0 | 1   | bat-1 COMPLETED: 1 files, 0 succeeded, 0 failed, 1 mapping errors",
                "COMPLETED | 3  | 3  | 0 | 0 | 0 | 0   | bat-1 COMPLETED: 3 files, 3 succeeded, 0 failed, 0 mapping errors",
                "FAILED    | 3  | 2  | 0 | 0 | 0 | 3   | bat-1 FAILED: 3 files, 2 succeeded, 0 failed, 0 mapping errors, 1 not run",
                "CANCELLED | 9  | 2  | 1 | 0 | 2 | 3   | bat-1 CANCELLED: 9 files, 2 succeeded, 1 failed, 0 mapping errors, 2 cancelled, 4 not run",
            })
    void the_last_line_and_the_exit_code_follow_from_status_and_counts(
            BatchStatus status,
            long listed,
            long succeeded,
            long failed,
            long errors,
            long cancelled,
            int code,
            String line) {
        BatchProgress end = BatchProgress.builder()
                .batchId("bat-1")
                .status(status)
                .counts(FileCounts.builder()
                        .listed(listed)
                        .mappingErrors(errors)
                        .succeeded(succeeded)
                        .failed(failed)
                        .cancelled(cancelled)
                        .build())
                .listingEnded(true)
                .build();

        assertThat(RunReport.summary(end)).isEqualTo(line);
        assertThat(ExitCode.of(end)).isEqualTo(code);
    }

    @Test
    void a_reason_is_told_with_its_times() {
        Instant since = Instant.parse("2026-11-24T08:00:00Z");

        assertThat(RunReport.reason(StatusReason.of(Code.PROJECT_RATE_LIMIT, "too fast", since)))
                .isEqualTo("too fast, since 2026-11-24T08:00:00Z");
        assertThat(RunReport.reason(StatusReason.of(Code.PROJECT_RATE_LIMIT, "too fast", since)
                        .withUntil(since.plusSeconds(9))))
                .isEqualTo("too fast, since 2026-11-24T08:00:00Z, until 2026-11-24T08:00:09Z");
    }
}
