package io.batchengine.testkit.value;

import io.batchengine.CloseReport;
import io.batchengine.CreateBatch;
import io.batchengine.EngineHealth;
import io.batchengine.ListBatches;
import io.batchengine.PageRequest;
import io.batchengine.json.CreateBatchBody;
import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.DamagedFiles;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobConfig;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobReference;
import io.batchengine.model.JobStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

/** Two values of each value class, which differ in every field. */
final class ValueSamples {
    static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    static final Instant ONE = NOON.plusSeconds(3_600);
    static final JobType PARSE = JobType.PARSE_V2;
    private static final JobType EXTRACT = JobType.EXTRACT_V2;
    static final JobReference JOB = new JobReference("pjb-1", PARSE);

    private ValueSamples() {}

    static Stream<ValueClass<?>> types() {
        return Stream.concat(model(), face());
    }

    private static Stream<ValueClass<?>> model() {
        return Stream.of(
                ValueClass.of(ValueSamples::options, ValueSamples::otherOptions),
                ValueClass.of(
                        () -> RetryPolicy.of(3),
                        () -> RetryPolicy.of(4)
                                .withBackoff(Duration.ofSeconds(2), Duration.ofHours(1))
                                .withRetryOn(EnumSet.of(RetryPolicy.Failure.TIMEOUT))),
                ValueClass.of(
                        () -> FailureTolerance.ofCount(3),
                        () -> FailureTolerance.ofCount(4).withMaxPercent(0.5)),
                ValueClass.of(
                        ValueSamples::reason,
                        () -> StatusReason.of(StatusReason.Code.LISTING_FAILED, "no such directory", ONE)
                                .withUntil(ONE)),
                ValueClass.of(
                        () -> DamagedFiles.of("bat-1", 1, 3),
                        () -> DamagedFiles.of("bat-2", 2, 4).withNextPageToken("token")),
                ValueClass.of(() -> JobConfig.of(PARSE, "cfg-1"), () -> JobConfig.of(EXTRACT, "cfg-2")),
                ValueClass.of(() -> BatchConfig.of(PARSE, "cfg-1"), () -> BatchConfig.of(EXTRACT, "cfg-2")),
                ValueClass.of(ValueSamples::counts, () -> counts().plus(counts())),
                ValueClass.of(ValueSamples::batch, ValueSamples::otherBatch),
                ValueClass.of(ValueSamples::progress, ValueSamples::otherProgress),
                ValueClass.of(ValueSamples::job, ValueSamples::otherJob),
                ValueClass.of(
                        () -> BatchResult.ofJob("dfl-1", JOB),
                        () -> BatchResult.ofMappingError("dfl-2", "no such file")));
    }

    private static Stream<ValueClass<?>> face() {
        return Stream.of(
                ValueClass.of(() -> Limits.DEFAULT.withMaxInFlight(1_000), ValueSamples::otherLimits),
                ValueClass.of(() -> ProjectLimits.NONE.withWeight(1), ValueSamples::otherProjectLimits),
                ValueClass.of(
                        () -> JobTypeLimits.NONE.withRate(null),
                        () -> JobTypeLimits.NONE.withMaxInFlight(3).withRate(Rate.perSecond(4))),
                ValueClass.of(() -> Rate.perSecond(5), () -> Rate.perSecond(6).withBurst(2)),
                ValueClass.of(
                        () -> CreateBatchBody.of("dir-1", BatchConfig.of(PARSE, "cfg-1")),
                        () -> CreateBatchBody.of("dir-2", BatchConfig.of(PARSE, "cfg-2"))),
                ValueClass.of(
                        () -> CreateBatch.of("dir-1", PARSE, "cfg-1"),
                        () -> CreateBatch.of("dir-2", BatchConfig.of(PARSE, "cfg-2"))
                                .withOptions(options())
                                .withIdempotencyKey("key")
                                .withRequestedBy("somebody")),
                ValueClass.of(
                        () -> ListBatches.ALL.withPageSize(100),
                        () -> ListBatches.ALL
                                .withStatus(BatchStatus.RUNNING, BatchStatus.FAILED)
                                .withSourceDirectory("dir-1")
                                .withCreatedAt(NOON, ONE)
                                .withPageSize(7)
                                .withPageToken("token")
                                .withTotal()),
                ValueClass.of(
                        () -> PageRequest.ofSize(1_000),
                        () -> PageRequest.ofSize(7).withPageToken("token")),
                ValueClass.of(ValueSamples::health, ValueSamples::otherHealth),
                ValueClass.of(
                        () -> CloseReport.builder().clean(true).build(),
                        () -> CloseReport.builder()
                                .stuckJobs(List.of("pjb-1"))
                                .releasedBatches(2)
                                .build()));
    }

    private static BatchOptions options() {
        return BatchOptions.DEFAULT.withPriority(6);
    }

    private static BatchOptions otherOptions() {
        return BatchOptions.DEFAULT
                .withRetry(RetryPolicy.of(2))
                .withJobTimeout(Duration.ofSeconds(1))
                .withMaxFiles(3)
                .withTolerance(FailureTolerance.ofCount(4));
    }

    private static StatusReason reason() {
        return StatusReason.of(StatusReason.Code.BACK_PRESSURE, "not now", NOON);
    }

    private static FileCounts counts() {
        return FileCounts.builder()
                .listed(30)
                .duplicates(1)
                .mappingErrors(2)
                .succeeded(3)
                .failed(4)
                .cancelled(5)
                .build();
    }

    static Batch batch() {
        return Batch.builder()
                .id("bat-1")
                .config(BatchConfig.of(PARSE, "cfg-1"))
                .projectId("prj-1")
                .sourceDirectoryId("dir-1")
                .status(BatchStatus.RUNNING)
                .createdAt(NOON)
                .build();
    }

    private static Batch otherBatch() {
        return Batch.builder()
                .id("bat-2")
                .config(BatchConfig.of(PARSE, "cfg-2"))
                .projectId("prj-2")
                .sourceDirectoryId("dir-2")
                .status(BatchStatus.COMPLETED)
                .createdAt(ONE)
                .updatedAt(ONE)
                .results(List.of(BatchResult.ofJob("dfl-1", JOB)))
                .build();
    }

    private static BatchProgress progress() {
        return BatchProgress.builder()
                .batchId("bat-1")
                .status(BatchStatus.RUNNING)
                .build();
    }

    private static BatchProgress otherProgress() {
        return BatchProgress.builder()
                .batchId("bat-2")
                .status(BatchStatus.FAILED)
                .counts(counts())
                .inFlight(1)
                .listingEnded(true)
                .cancelRequested(true)
                .reason(reason())
                .filesPerSecond(2.5)
                .timeLeft(Duration.ofSeconds(3))
                .startedAt(NOON)
                .finishedAt(ONE)
                .requestedBy("somebody")
                .retryOf("bat-0")
                .build();
    }

    private static JobRecord job() {
        return JobRecord.builder()
                .id("pjb-1")
                .type(PARSE)
                .status(JobStatus.PENDING)
                .batchId("bat-1")
                .fileId("dfl-1")
                .build();
    }

    private static JobRecord otherJob() {
        return JobRecord.builder()
                .id("pjb-2")
                .type(EXTRACT)
                .status(JobStatus.FAILED)
                .errorMessage("no such file")
                .batchId("bat-2")
                .fileId("dfl-2")
                .attempts(3)
                .startedAt(NOON)
                .finishedAt(ONE)
                .build();
    }

    private static Limits otherLimits() {
        return Limits.DEFAULT
                .withMaxInFlight(1)
                .withMaxInFlightPerBatch(2)
                .withMaxActiveBatches(3)
                .withEachProject(otherProjectLimits())
                .withProject("prj-1", ProjectLimits.NONE)
                .withEachJobType(JobTypeLimits.NONE.withMaxInFlight(4))
                .withJobType(PARSE, JobTypeLimits.NONE);
    }

    static ProjectLimits otherProjectLimits() {
        return ProjectLimits.NONE
                .withMaxInFlight(1)
                .withMaxActiveBatches(2)
                .withRate(Rate.perSecond(3))
                .withWeight(4);
    }

    private static EngineHealth health() {
        return EngineHealth.builder().status(EngineHealth.Status.UP).build();
    }

    private static EngineHealth otherHealth() {
        return EngineHealth.builder()
                .status(EngineHealth.Status.DEGRADED)
                .problems(List.of("the store is full"))
                .notes(List.of("no checksums"))
                .activeBatches(1)
                .jobsInFlight(2)
                .stuckJobs(3)
                .refusedWrites(4)
                .droppedEvents(5)
                .build();
    }
}
