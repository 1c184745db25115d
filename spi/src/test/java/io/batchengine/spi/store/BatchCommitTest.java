package io.batchengine.spi.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCommitTest {
    private static final Instant T0 = Instant.parse("2026-01-02T03:04:05.000006Z");

    @Test
    void the_rules_are_asked_in_order() {
        StoredBatch batch = batch().claimedBy("engine-1", 77, T0);
        assertThat(commit(1, 1, BatchStatus.RUNNING).judge(null).kind()).isEqualTo(Verdict.Kind.GONE);
        assertThat(commit(0, 1, BatchStatus.RUNNING).judge(batch).kind()).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(commit(1, 0, BatchStatus.RUNNING).judge(batch).kind()).isEqualTo(Verdict.Kind.VERSION_CONFLICT);
        assertThat(commit(1, 1, BatchStatus.COMPLETED).judge(batch).kind()).isEqualTo(Verdict.Kind.ILLEGAL_TRANSITION);
        assertThat(commit(1, 1, BatchStatus.RUNNING).judge(batch).kind()).isEqualTo(Verdict.Kind.APPLIED);

        StoredBatch cancelling = batch.after(commit(1, 1, BatchStatus.RUNNING)).withCancelRequested();
        assertThat(commit(1, 2, BatchStatus.COMPLETED).judge(cancelling))
                .isEqualTo(Verdict.of(Verdict.Kind.CANCEL_REQUESTED, true));
        assertThat(commit(1, 2, BatchStatus.CANCELLED).judge(cancelling))
                .isEqualTo(Verdict.of(Verdict.Kind.APPLIED, true));

        StoredBatch cancelled = cancelling.after(commit(1, 2, BatchStatus.CANCELLED));
        assertThat(commit(1, 3, BatchStatus.RUNNING).judge(cancelled).kind()).isEqualTo(Verdict.Kind.TERMINAL);
    }

    @Test
    void a_claim_that_was_repeated_with_the_same_epoch_is_stale_whatever_else_fits() {
        StoredBatch second = batch().claimedBy("engine-1", 78, T0);
        assertThat(commit(1, 77, 1, BatchStatus.RUNNING).judge(second).kind()).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(commit(1, 78, 1, BatchStatus.RUNNING).judge(second).kind()).isEqualTo(Verdict.Kind.APPLIED);
        StoredBatch ended = second.after(commit(1, 78, 1, BatchStatus.FAILED));
        assertThat(commit(1, 77, 2, BatchStatus.RUNNING).judge(ended).kind()).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(ended.claim()).isEqualTo(new ClaimRef(ended.id(), 1, 78));
        assertThat(second.released().claim()).isEqualTo(second.claim());
    }

    @Test
    void recorded_time_grows_even_when_the_clock_goes_back() {
        StoredBatch claimed = batch().claimedBy("engine-1", 77, T0.minusSeconds(3_600));
        assertThat(claimed.state().updatedAt()).isEqualTo(T0.plusNanos(1_000));
        assertThat(claimed.nextUpdate(T0.plusNanos(5_999))).isEqualTo(T0.plusNanos(5_000));
    }

    @Test
    void a_terminal_batch_has_an_end_and_no_owner() {
        StoredBatch running = batch().claimedBy("engine-1", 77, T0).after(commit(1, 1, BatchStatus.RUNNING));
        StoredBatch done = running.after(commit(1, 2, BatchStatus.COMPLETED));
        assertThat(running.state().startedAt()).isEqualTo(running.state().updatedAt());
        assertThat(done.state().startedAt()).isEqualTo(running.state().startedAt());
        assertThat(done.state().finishedAt()).isEqualTo(done.state().updatedAt());
        assertThat(done.state().owner()).isNull();
    }

    private static StoredBatch batch() {
        return StoredBatch.created(BatchRecord.builder()
                .id(Ids.newBatchId(T0.toEpochMilli(), new Random(1)))
                .scope(Scope.ofProject("prj-a"))
                .sourceDirectoryId("dir-a")
                .config(BatchConfig.of(JobType.PARSE_V2, "cfg-a"))
                .jobIdPrefix("pjb-")
                .fingerprint("")
                .createdAt(T0)
                .build());
    }

    private static BatchCommit commit(long epoch, long version, BatchStatus status) {
        return commit(epoch, 77, version, status);
    }

    private static BatchCommit commit(long epoch, long token, long version, BatchStatus status) {
        return BatchCommit.builder()
                .claim(new ClaimRef("bat", epoch, token))
                .expectedVersion(version)
                .at(T0)
                .status(status)
                .build();
    }
}
