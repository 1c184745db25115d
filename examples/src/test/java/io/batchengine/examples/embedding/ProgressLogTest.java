package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchSummary;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class ProgressLogTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final BatchSummary BATCH = BatchSummary.builder()
            .batchId("bat-1")
            .scope(Scope.ofProject("prj-a"))
            .sourceDirectoryId("dir-inbox")
            .jobType(JobType.of("noop_v1"))
            .build();

    private final Logger logger = (Logger) LoggerFactory.getLogger(ProgressLog.class);
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressLog log = new ProgressLog(Duration.ofSeconds(1), nanos::get);

    @BeforeEach
    void catchLog() {
        logger.getLoggerContext().start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        appender.start();
        logger.addAppender(appender);
    }

    @AfterEach
    void leaveLog() {
        logger.detachAppender(appender);
        logger.setAdditive(true);
    }

    @Test
    void progress_tells_counts_rate_and_time_left() {
        log.progressed(progressed(
                BatchStatus.RUNNING,
                FileCounts.builder()
                        .listed(10_000)
                        .mappingErrors(2)
                        .succeeded(990)
                        .failed(8)
                        .build(),
                Duration.ofSeconds(90)));
        assertThat(lines())
                .containsExactly(
                        "bat-1: 1000 of 10000 files, 8 failed, 2 without a job, 100.0 per second, 0:01:30 left");
    }

    @Test
    void while_listing_goes_on_the_number_of_files_is_a_lower_bound() {
        log.progressed(progressed(
                BatchStatus.RUNNING,
                FileCounts.builder().listed(10).succeeded(5).build(),
                null));
        assertThat(lines()).containsExactly("bat-1: 5 of at least 10 files, 100.0 per second");
    }

    @Test
    void progress_is_logged_once_in_an_interval_and_at_the_end() {
        FileCounts counts = FileCounts.builder().listed(10).succeeded(5).build();
        log.progressed(progressed(BatchStatus.RUNNING, counts, null));
        nanos.addAndGet(999_999_999);
        log.progressed(progressed(BatchStatus.RUNNING, counts, null));
        assertThat(lines()).hasSize(1);
        nanos.addAndGet(1);
        log.progressed(progressed(BatchStatus.RUNNING, counts, null));
        assertThat(lines()).hasSize(2);
        log.progressed(progressed(BatchStatus.COMPLETED, counts, null));
        assertThat(lines()).hasSize(3);
    }

    @Test
    void changes_of_status_are_logged_with_their_reason() {
        log.statusChanged(BatchEvent.StatusChanged.of(BATCH, BatchStatus.RUNNING, NOON, null));
        log.statusChanged(BatchEvent.StatusChanged.of(
                BATCH,
                BatchStatus.FAILED,
                NOON,
                StatusReason.of(StatusReason.Code.TOO_MANY_FILES, "more than 1000 files", NOON)));
        assertThat(lines()).containsExactly("bat-1: RUNNING", "bat-1: FAILED, more than 1000 files");
    }

    @Test
    void files_that_failed_are_logged_and_others_are_not() {
        log.filesSettled(BatchEvent.FilesSettled.of(
                BATCH, List.of(record(0, FileOutcome.SUCCEEDED, null), record(1, FileOutcome.FAILED, "no PDF"))));
        assertThat(lines()).containsExactly("bat-1: dfl-1 FAILED: no PDF");
    }

    @Test
    void the_program_runs(@TempDir Path inbox) throws Exception {
        Files.writeString(inbox.resolve("a.txt"), "a");
        assertThat(Printed.by(ProgressLog::main, inbox))
                .singleElement()
                .asString()
                .endsWith("is COMPLETED");
        assertThat(lines())
                .anyMatch(line -> line.endsWith(": PENDING"))
                .anyMatch(line -> line.contains(": 1 of 1 files, "))
                .anyMatch(line -> line.endsWith(": COMPLETED"));
    }

    private List<String> lines() {
        return List.copyOf(appender.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static BatchEvent.Progressed progressed(BatchStatus status, FileCounts counts, @Nullable Duration left) {
        boolean listed = left != null;
        return BatchEvent.Progressed.of(
                BATCH,
                BatchProgress.builder()
                        .batchId("bat-1")
                        .status(status)
                        .counts(counts)
                        .inFlight(3)
                        .listingEnded(listed)
                        .filesPerSecond(100)
                        .timeLeft(left)
                        .startedAt(NOON)
                        .build());
    }

    private static FileRecord record(long ordinal, FileOutcome outcome, @Nullable String message) {
        return FileRecord.of(
                "bat-1",
                ordinal,
                "dfl-" + ordinal,
                SettledFile.builder()
                        .ordinal(ordinal)
                        .outcome(outcome)
                        .attempts(1)
                        .finishedAt(NOON)
                        .durationMillis(1)
                        .message(message)
                        .build(),
                null);
    }
}
