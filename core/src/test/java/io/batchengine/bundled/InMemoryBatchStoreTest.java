package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Creating;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Hold;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InMemoryBatchStoreTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final InMemoryBatchStore store = new InMemoryBatchStore(nanos::get);
    private final Random random = new Random(1);
    private int created;

    /** How a batch gets from PENDING to a status by legal edges. */
    private static List<BatchStatus> pathTo(BatchStatus status) {
        return switch (status) {
            case PENDING -> List.of();
            case COMPLETED -> List.of(BatchStatus.RUNNING, BatchStatus.COMPLETED);
            default -> List.of(status);
        };
    }

    @ParameterizedTest
    @EnumSource
    void each_of_the_36_pairs_is_written_or_refused_as_published(BatchStatus from) {
        for (BatchStatus to : BatchStatus.values()) {
            StoredBatch batch = claimed("prj-a");
            for (BatchStatus step : pathTo(from)) {
                assertThat(write(batch, step).kind()).isEqualTo(Verdict.Kind.APPLIED);
                batch = find(batch);
            }
            Verdict.Kind expected = from.isTerminal()
                    ? Verdict.Kind.TERMINAL
                    : from == to || from.canMoveTo(to) ? Verdict.Kind.APPLIED : Verdict.Kind.ILLEGAL_TRANSITION;
            assertThat(write(batch, to).kind()).as("%s > %s", from, to).isEqualTo(expected);
            assertThat(find(batch).state().status()).isEqualTo(expected == Verdict.Kind.APPLIED ? to : from);
        }
    }

    @Test
    void one_refused_batch_in_a_commit_of_many_spoils_only_itself() {
        StoredBatch good = claimed("prj-a");
        StoredBatch stale = claimed("prj-a");
        List<Verdict> verdicts = store.commit(List.of(
                commit(stale, BatchStatus.RUNNING, 99, stale.state().version(), List.of(), List.of()),
                commit(good, BatchStatus.RUNNING, 1, good.state().version(), List.of(), List.of())));
        assertThat(verdicts).extracting(Verdict::kind).containsExactly(Verdict.Kind.STALE_EPOCH, Verdict.Kind.APPLIED);
        assertThat(find(stale)).isEqualTo(stale);
    }

    @Test
    void a_commit_that_is_wrong_in_one_part_is_not_applied_in_any() {
        StoredBatch batch = claimed("prj-a");
        BatchCommit wrong = commit(
                batch,
                BatchStatus.RUNNING,
                1,
                batch.state().version(),
                List.of(new ListedPage(0, List.of("a", "b"))),
                List.of(settled(0, FileOutcome.SUCCEEDED, null), settled(7, FileOutcome.SUCCEEDED, null)));
        assertThatThrownBy(() -> store.commit(List.of(wrong))).hasMessageContaining("file 7");
        assertThat(find(batch)).isEqualTo(batch);
        assertThat(files(batch)).isEmpty();
        assertThatThrownBy(() -> store.commit(List.of(commit(
                        batch,
                        BatchStatus.RUNNING,
                        1,
                        batch.state().version(),
                        List.of(new ListedPage(3, List.of("x"))),
                        List.of()))))
                .hasMessageContaining("where 0 is next");
    }

    @Test
    void a_file_is_settled_once_whatever_is_written_later() {
        StoredBatch batch = claimed("prj-a");
        write(batch, BatchStatus.RUNNING, List.of(new ListedPage(0, List.of("a", "b"))), List.of());
        batch = find(batch);
        write(batch, BatchStatus.RUNNING, List.of(), List.of(settled(1, FileOutcome.FAILED, "own-1")));
        batch = find(batch);
        write(batch, BatchStatus.RUNNING, List.of(), List.of(settled(1, FileOutcome.SUCCEEDED, "own-2")));
        FileRecord file = files(batch).get(1);
        assertThat(file.settled()).isNotNull().satisfies(end -> {
            assertThat(end.outcome()).isEqualTo(FileOutcome.FAILED);
            assertThat(end.jobId()).isEqualTo("own-1");
        });
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-1"))).containsExactly(file);
        assertThat(store.files(new FileQuery.ByJob("prj-b", "own-1"))).isEmpty();
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-2"))).isEmpty();
    }

    @Test
    void files_are_read_by_range_outcome_and_limit() {
        StoredBatch batch = claimed("prj-a");
        write(
                batch,
                BatchStatus.RUNNING,
                List.of(new ListedPage(0, List.of("a", "b", "c")), new ListedPage(3, List.of("d", "e"))),
                List.of(settled(1, FileOutcome.FAILED, null), settled(3, FileOutcome.MAPPING_ERROR, null)));
        String id = batch.id();
        assertThat(store.files(new FileQuery.InBatch(id, 0, Long.MAX_VALUE, Set.of(), 100)))
                .extracting(FileRecord::fileId)
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(store.files(new FileQuery.InBatch(id, 2, 4, Set.of(), 100)))
                .extracting(FileRecord::fileId)
                .containsExactly("c", "d");
        assertThat(store.files(new FileQuery.InBatch(
                        id, 0, Long.MAX_VALUE, Set.of(FileOutcome.FAILED, FileOutcome.MAPPING_ERROR), 1)))
                .extracting(FileRecord::fileId)
                .containsExactly("b");
        assertThat(store.files(new FileQuery.InBatch("bat-unknown", 0, 10, Set.of(), 10)))
                .isEmpty();
    }

    @Test
    void completed_is_refused_once_a_cancel_request_stands() {
        StoredBatch batch = claimed("prj-a");
        write(batch, BatchStatus.RUNNING);
        StoredBatch running = find(batch);
        assertThat(store.requestCancel(key(batch)).kind()).isEqualTo(CancelReply.Kind.REQUESTED);
        assertThat(find(batch).state().version()).isEqualTo(running.state().version());
        assertThat(write(running, BatchStatus.COMPLETED)).isEqualTo(new Verdict(Verdict.Kind.CANCEL_REQUESTED, true));
        assertThat(write(running, BatchStatus.CANCELLED).kind()).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(store.requestCancel(key(batch)).kind()).isEqualTo(CancelReply.Kind.ALREADY_TERMINAL);
        assertThat(store.requestCancel(new BatchKey.ById("prj-b", batch.id())).kind())
                .isEqualTo(CancelReply.Kind.NOT_FOUND);
    }

    @Test
    void a_claim_gives_the_oldest_of_the_types_and_projects_that_are_wanted() {
        List<String> ids = new ArrayList<>();
        for (String project : List.of("prj-a", "prj-a", "prj-b", "prj-c")) {
            ids.add(created(project, null).id());
        }
        assertThat(store.claim(new ClaimRequest("e", LEASE, Set.of(JobType.PARSE_V2), Set.of("prj-b"), 1, 10, T0)))
                .extracting(claimed -> claimed.batch().id())
                .containsExactly(ids.get(0), ids.get(3));
        assertThat(store.claim(claim("e", Set.of(JobType.EXTRACT_V2)))).isEmpty();
        store.requestCancel(new BatchKey.ById("prj-b", ids.get(2)));
        assertThat(store.claim(claim("e", Set.of(JobType.EXTRACT_V2))))
                .as("to end it, whatever its type")
                .extracting(claimed -> claimed.batch().id())
                .containsExactly(ids.get(2));
    }

    @Test
    void a_lapsed_lease_gives_its_batches_to_the_next_and_the_old_epoch_is_refused() {
        StoredBatch first = claimed("prj-a");
        assertThat(store.claim(claim("second", Set.of(JobType.PARSE_V2)))).isEmpty();
        nanos.addAndGet(LEASE.toNanos() - 1);
        store.renew("engine", LEASE, List.of());
        nanos.addAndGet(LEASE.toNanos());
        assertThat(store.claim(claim("second", Set.of(JobType.PARSE_V2)))).isEmpty();
        nanos.addAndGet(1);
        List<Claimed> taken = store.claim(claim("second", Set.of(JobType.PARSE_V2)));
        assertThat(taken).singleElement().satisfies(claimed -> {
            assertThat(claimed.ownerLost()).isTrue();
            assertThat(claimed.batch().state().epoch()).isEqualTo(2);
            assertThat(claimed.batch().state().owner()).isEqualTo("second");
            assertThat(claimed.batch().state().deaths()).isEqualTo(1);
        });
        assertThat(write(first, BatchStatus.RUNNING).kind()).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(store.renew("engine", LEASE, List.of()).held()).isEmpty();
    }

    @Test
    void a_release_opens_a_batch_at_once_unless_its_epoch_is_another() {
        StoredBatch batch = claimed("prj-a");
        store.renew("engine", LEASE, List.of(new Hold(batch.id(), 7)));
        assertThat(store.claim(claim("second", Set.of(JobType.PARSE_V2)))).isEmpty();
        assertThat(store.renew("engine", LEASE, List.of(new Hold(batch.id(), 1)))
                        .held())
                .isEmpty();
        assertThat(store.claim(claim("second", Set.of(JobType.PARSE_V2)))).hasSize(1);
    }

    @Test
    void a_key_of_a_project_is_taken_once() {
        NewBatch batch = batch("prj-a", "key");
        assertThat(store.create(batch)).isInstanceOf(Creating.Created.class);
        NewBatch again = batch("prj-a", "key");
        assertThat(store.create(again))
                .isInstanceOfSatisfying(
                        Creating.Existing.class,
                        existing -> assertThat(existing.batch().id()).isEqualTo(batch.id()));
        assertThat(store.create(batch("prj-b", "key"))).isInstanceOf(Creating.Created.class);
        assertThat(store.find(new BatchKey.ByIdempotencyKey("prj-a", "key")))
                .get()
                .extracting(StoredBatch::id)
                .isEqualTo(batch.id());
        assertThat(store.find(new BatchKey.ById("prj-a", again.id()))).isEmpty();
    }

    private StoredBatch created(String project, @Nullable String key) {
        return ((Creating.Created) store.create(batch(project, key))).batch();
    }

    private StoredBatch claimed(String project) {
        StoredBatch created = created(project, null);
        return store.claim(claim("engine", Set.of(JobType.PARSE_V2))).stream()
                .map(Claimed::batch)
                .filter(batch -> batch.id().equals(created.id()))
                .findFirst()
                .orElseThrow();
    }

    private NewBatch batch(String project, @Nullable String key) {
        return new NewBatch(
                Ids.newBatchId(T0.toEpochMilli(), random),
                Scope.ofProject(project),
                "dir-a",
                BatchConfig.of(JobType.PARSE_V2, "cfg-a"),
                ConfigurationSnapshot.EMPTY,
                "pjb-",
                BatchOptions.DEFAULT,
                key,
                "fingerprint",
                null,
                null,
                T0.plusMillis(created++));
    }

    private static ClaimRequest claim(String owner, Set<JobType> types) {
        return new ClaimRequest(owner, LEASE, types, Set.of(), 100, 100, T0);
    }

    private StoredBatch find(StoredBatch batch) {
        return store.find(key(batch)).orElseThrow();
    }

    private List<FileRecord> files(StoredBatch batch) {
        return store.files(new FileQuery.InBatch(batch.id(), 0, Long.MAX_VALUE, Set.of(), 100));
    }

    private static BatchKey key(StoredBatch batch) {
        return new BatchKey.ById(batch.request().scope().projectId(), batch.id());
    }

    private Verdict write(StoredBatch batch, BatchStatus status) {
        return write(batch, status, List.of(), List.of());
    }

    private Verdict write(StoredBatch batch, BatchStatus status, List<ListedPage> pages, List<SettledFile> settled) {
        return store.commit(List.of(commit(
                        batch, status, batch.state().epoch(), batch.state().version(), pages, settled)))
                .get(0);
    }

    private static BatchCommit commit(
            StoredBatch batch,
            BatchStatus status,
            long epoch,
            long version,
            List<ListedPage> pages,
            List<SettledFile> settled) {
        return new BatchCommit(
                batch.id(),
                epoch,
                version,
                T0,
                status,
                null,
                FileCounts.ZERO,
                false,
                null,
                0,
                0,
                pages,
                settled,
                List.of());
    }

    private static SettledFile settled(long ordinal, FileOutcome outcome, @Nullable String jobId) {
        return new SettledFile(ordinal, outcome, 1, T0, 5, jobId, null);
    }
}
