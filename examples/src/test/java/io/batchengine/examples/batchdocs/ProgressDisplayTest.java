package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.model.StatusReason.Code;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchSummary;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressDisplayTest {
    private static final BatchSummary BATCH = BatchSummary.builder()
            .batchId("bat-1")
            .scope(Scope.ofProject("prj-a"))
            .sourceDirectoryId("dir-a")
            .jobType(JobType.PARSE_V2)
            .build();

    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "JOB_TYPE_RATE_LIMIT, (rate limit)",
        "PROJECT_RATE_LIMIT, (rate limit)",
        "ENGINE_IN_FLIGHT_LIMIT, (limit)",
        "BACK_PRESSURE, (not now)",
        "STORE_UNAVAILABLE, (store)",
    })
    void what_a_batch_waits_for_is_shown_beside_its_progress(Code code, String shown) {
        try (ProgressDisplay display = display()) {
            display.progressed(progress(BatchStatus.THROTTLED, code));
            // The bar is drawn by a thread of its own, perhaps while it is being told: the next drawing has all of it.
            await().untilAsserted(() -> assertThat(line())
                    .matches("parse_v2 +40% \\[.*\\] +4/10 files \\(.*\\) .*files/s \\Q" + shown + "\\E *"));
        }
    }

    @Test
    void a_change_of_status_is_shown_before_any_progress_and_taken_back() {
        try (ProgressDisplay display = display()) {
            display.statusChanged(status(BatchStatus.THROTTLED, Code.JOB_TYPE_RATE_LIMIT));
            await().until(() -> line().contains("(rate limit)"));
            display.statusChanged(status(BatchStatus.RUNNING, null));
            await().until(() -> !line().contains("limit"));
            display.statusChanged(status(BatchStatus.FAILED, Code.TOO_MANY_FAILURES));
            display.progressed(progress(BatchStatus.FAILED, Code.TOO_MANY_FAILURES));
            await().until(() -> line().contains("4/10"));

            assertThat(line()).doesNotContain("limit");
        }
    }

    private ProgressDisplay display() {
        return new ProgressDisplay("parse_v2", new PrintStream(terminal, true, StandardCharsets.UTF_8));
    }

    /** What was drawn last. */
    private String line() {
        String drawn = terminal.toString(StandardCharsets.UTF_8);
        return drawn.substring(drawn.lastIndexOf('\r') + 1);
    }

    private static BatchEvent.StatusChanged status(BatchStatus status, @Nullable Code code) {
        return BatchEvent.StatusChanged.of(BATCH, status, Instant.EPOCH, reason(code));
    }

    private static BatchEvent.Progressed progress(BatchStatus status, @Nullable Code code) {
        var counts = FileCounts.builder().listed(10).succeeded(4).build();
        return BatchEvent.Progressed.of(
                BATCH,
                BatchProgress.builder()
                        .batchId("bat-1")
                        .status(status)
                        .counts(counts)
                        .listingEnded(true)
                        .reason(reason(code))
                        .filesPerSecond(0.5)
                        .build());
    }

    private static @Nullable StatusReason reason(@Nullable Code code) {
        return code == null ? null : StatusReason.of(code, "a limit holds it", Instant.EPOCH);
    }
}
