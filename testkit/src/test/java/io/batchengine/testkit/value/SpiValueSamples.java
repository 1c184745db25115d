package io.batchengine.testkit.value;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchEvent;
import io.batchengine.spi.BatchSummary;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Two values of each value class of {@code io.batchengine.spi} and {@code io.batchengine.spi.store}, which differ in every field. */
final class SpiValueSamples {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final Instant ONE = NOON.plusSeconds(3_600);
    private static final JobType PARSE = JobType.PARSE_V2;
    private static final JobType EXTRACT = JobType.EXTRACT_V2;
    private static final Scope HERE = Scope.ofProject("prj-1");
    private static final Scope THERE = Scope.ofProject("prj-2");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ClaimRef CLAIM = new ClaimRef("bat-1", 1, 11);
    private static final ClaimRef OTHER_CLAIM = new ClaimRef("bat-2", 2, 22);
    private static final SourceFile FILE = new NamedFile("dfl-1");

    private SpiValueSamples() {}

    static Stream<ValueClass<?>> types() {
        return Stream.of(spi(), events(), store(), answers(), requests()).flatMap(each -> each);
    }

    private static Stream<ValueClass<?>> spi() {
        return Stream.of(
                ValueClass.of(SpiValueSamples::summary, SpiValueSamples::otherSummary),
                ValueClass.of(() -> ConfigurationSnapshot.of("a"), () -> ConfigurationSnapshot.of("b")),
                ValueClass.of(SpiValueSamples::delayed, SpiValueSamples::otherDelayed),
                ValueClass.of(() -> FilePage.of(List.of(), true), () -> FilePage.of(List.of(FILE), false)),
                ValueClass.of(
                        () -> FileRecord.of("bat-1", 1, "dfl-1", null, null),
                        () -> FileRecord.of("bat-2", 2, "dfl-2", settled(), delayed())),
                ValueClass.of(SpiValueSamples::settled, SpiValueSamples::otherSettled),
                ValueClass.of(
                        () -> ListRequest.of(HERE, "dir-1"),
                        () -> ListRequest.of(THERE, "dir-2").withAfterId(Optional.of("dfl-1"))),
                ValueClass.of(
                        () -> FileRequest.of(HERE, "dir-1", "dfl-1"), () -> FileRequest.of(THERE, "dir-2", "dfl-2")),
                ValueClass.of(
                        () -> ResolveRequest.of(HERE, PARSE, "cfg-1"),
                        () -> ResolveRequest.of(THERE, EXTRACT, "cfg-2")));
    }

    private static Stream<ValueClass<?>> events() {
        FileRecord file = FileRecord.of("bat-1", 1, "dfl-1", settled(), null);
        return Stream.of(
                ValueClass.of(
                        () -> BatchEvent.StatusChanged.of(summary(), BatchStatus.PENDING, NOON, null),
                        () -> BatchEvent.StatusChanged.of(otherSummary(), BatchStatus.FAILED, ONE, reason())),
                ValueClass.of(
                        () -> BatchEvent.FilesSettled.of(summary(), List.of()),
                        () -> BatchEvent.FilesSettled.of(otherSummary(), List.of(file))),
                ValueClass.of(
                        () -> BatchEvent.Progressed.of(summary(), progress("bat-1")),
                        () -> BatchEvent.Progressed.of(otherSummary(), progress("bat-2"))));
    }

    private static Stream<ValueClass<?>> store() {
        return Stream.of(
                ValueClass.of(SpiValueSamples::record, SpiValueSamples::otherRecord),
                ValueClass.of(SpiValueSamples::state, SpiValueSamples::otherState),
                ValueClass.of(
                        () -> StoredBatch.of(record(), state()), () -> StoredBatch.of(otherRecord(), otherState())),
                ValueClass.of(SpiValueSamples::commit, SpiValueSamples::otherCommit));
    }

    private static Stream<ValueClass<?>> answers() {
        return Stream.of(
                ValueClass.of(
                        () -> Claimed.of(StoredBatch.of(record(), state()), false),
                        () -> Claimed.of(StoredBatch.of(otherRecord(), state()), true)),
                ValueClass.of(() -> Renewal.of(Set.of(), Set.of()), () -> Renewal.of(Set.of(CLAIM), Set.of("bat-1"))),
                ValueClass.of(
                        () -> CancelReply.of(CancelReply.Kind.NOT_FOUND, null),
                        () -> CancelReply.of(CancelReply.Kind.REQUESTED, StoredBatch.of(record(), state()))),
                ValueClass.of(
                        () -> DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0),
                        () -> DeleteReply.of(DeleteReply.Kind.MORE, 1, 2)),
                ValueClass.of(
                        () -> Verdict.of(Verdict.Kind.APPLIED, false), () -> Verdict.of(Verdict.Kind.GONE, true)));
    }

    private static Stream<ValueClass<?>> requests() {
        return Stream.of(
                ValueClass.of(SpiValueSamples::query, SpiValueSamples::otherQuery),
                ValueClass.of(SpiValueSamples::claim, SpiValueSamples::otherClaim),
                ValueClass.of(
                        () -> RenewRequest.of("eng-1", SECOND, List.of()),
                        () -> RenewRequest.of("eng-2", MINUTE, List.of(CLAIM))),
                ValueClass.of(() -> DelayedQuery.of("bat-1", NOON, 1, 2), () -> DelayedQuery.of("bat-2", ONE, 3, 4)),
                ValueClass.of(
                        () -> FileQuery.InBatch.of("bat-1", 1, 2, Set.of(), 3),
                        () -> FileQuery.InBatch.of("bat-2", 4, 5, Set.of(FileOutcome.FAILED), 6)));
    }

    private static BatchSummary summary() {
        return BatchSummary.builder()
                .batchId("bat-1")
                .scope(HERE)
                .sourceDirectoryId("dir-1")
                .jobType(PARSE)
                .build();
    }

    private static BatchSummary otherSummary() {
        return BatchSummary.builder()
                .batchId("bat-2")
                .scope(THERE)
                .sourceDirectoryId("dir-2")
                .jobType(EXTRACT)
                .requestedBy("somebody")
                .build();
    }

    private static DelayedFile delayed() {
        return DelayedFile.builder().ordinal(1).build();
    }

    private static DelayedFile otherDelayed() {
        return DelayedFile.of(2, 3, true, NOON, 4, DelayedFile.StartMark.ALONE);
    }

    private static SettledFile settled() {
        return SettledFile.builder()
                .ordinal(1)
                .outcome(FileOutcome.SUCCEEDED)
                .finishedAt(NOON)
                .build();
    }

    private static SettledFile otherSettled() {
        return SettledFile.of(2, FileOutcome.FAILED, 3, ONE, 4, "pjb-1", "no such file");
    }

    private static BatchRecord record() {
        return BatchRecord.builder()
                .id("bat-1")
                .scope(HERE)
                .sourceDirectoryId("dir-1")
                .config(BatchConfig.of(PARSE, "cfg-1"))
                .jobIdPrefix("pjb-")
                .fingerprint("a")
                .createdAt(NOON)
                .build();
    }

    private static BatchRecord otherRecord() {
        return BatchRecord.builder()
                .id("bat-2")
                .scope(THERE)
                .sourceDirectoryId("dir-2")
                .config(BatchConfig.of(EXTRACT, "cfg-2"))
                .configuration(ConfigurationSnapshot.of("b"))
                .jobIdPrefix("ejb-")
                .options(BatchOptions.DEFAULT.withPriority(6))
                .idempotencyKey("key")
                .fingerprint("b")
                .requestedBy("somebody")
                .retryOf("bat-1")
                .createdAt(ONE)
                .build();
    }

    private static BatchState state() {
        return BatchState.builder().status(BatchStatus.PENDING).updatedAt(NOON).build();
    }

    private static BatchState otherState() {
        return BatchState.builder()
                .status(BatchStatus.FAILED)
                .version(1)
                .epoch(2)
                .claimToken(3)
                .owner("eng-1")
                .crashes(4)
                .cancelRequested(true)
                .listingEnded(true)
                .listedTo("dfl-1")
                .settledBelow(5)
                .counts(counts())
                .reason(reason())
                .updatedAt(ONE)
                .startedAt(NOON)
                .finishedAt(ONE)
                .build();
    }

    private static BatchCommit commit() {
        return BatchCommit.builder()
                .claim(CLAIM)
                .at(NOON)
                .status(BatchStatus.RUNNING)
                .build();
    }

    private static BatchCommit otherCommit() {
        return BatchCommit.builder()
                .claim(OTHER_CLAIM)
                .expectedVersion(1)
                .at(ONE)
                .status(BatchStatus.FAILED)
                .reason(reason())
                .counts(counts())
                .listingEnded(true)
                .listedTo("dfl-1")
                .settledBelow(2)
                .crashes(3)
                .pages(List.of(new ListedPage(0, List.of("dfl-1"))))
                .settled(List.of(settled()))
                .delayed(List.of(delayed()))
                .build();
    }

    private static BatchQuery query() {
        return BatchQuery.builder().projectId("prj-1").build();
    }

    private static BatchQuery otherQuery() {
        return BatchQuery.builder()
                .projectId("prj-2")
                .statuses(Set.of(BatchStatus.FAILED))
                .sourceDirectoryId("dir-1")
                .createdOnOrAfter(NOON)
                .createdOnOrBefore(ONE)
                .after(new BatchQuery.Position(NOON, "bat-1"))
                .limit(7)
                .withTotal(true)
                .build();
    }

    private static ClaimRequest claim() {
        return ClaimRequest.builder().owner("eng-1").lease(SECOND).at(NOON).build();
    }

    private static ClaimRequest otherClaim() {
        return ClaimRequest.builder()
                .owner("eng-2")
                .claimToken(1)
                .lease(MINUTE)
                .types(Set.of(PARSE))
                .limitPerProject(2)
                .projectLimits(Map.of("prj-1", 3))
                .limit(4)
                .pendingSince(NOON)
                .at(ONE)
                .build();
    }

    private static StatusReason reason() {
        return StatusReason.of(StatusReason.Code.LISTING_FAILED, "no such directory", NOON);
    }

    private static FileCounts counts() {
        return FileCounts.builder().listed(6).succeeded(2).failed(3).build();
    }

    private static BatchProgress progress(String batchId) {
        return BatchProgress.builder()
                .batchId(batchId)
                .status(BatchStatus.RUNNING)
                .build();
    }

    private record NamedFile(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }
}
