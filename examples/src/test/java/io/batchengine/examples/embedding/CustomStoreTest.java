package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Creating;
import io.batchengine.spi.DeleteReply;
import io.batchengine.spi.DeleteRequest;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Hold;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CustomStoreTest {
    private static final JobType TYPE = JobType.of("test_v1");
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();
    private final CustomStore store = new CustomStore(nanos::get);

    @Test
    void an_engine_finds_it_by_name_and_runs_a_batch(@TempDir Path inbox) throws Exception {
        for (int i = 0; i < 2_500; i++) {
            Files.createFile(inbox.resolve("file-%04d".formatted(i)));
        }
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking(
                        "test_v1", "tst-", job -> job.ordinal() == 7 ? Outcome.failed("seven") : Outcome.succeeded()))
                .store("maps", Map.of())
                .build()) {
            String id = engine.batches().create("dir-inbox", TYPE, "cfg-a").id();
            assertThat(engine.batches().await(id, Duration.ofMinutes(1)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            assertThat(engine.batches().results(id)).hasSize(2_500);
            assertThat(engine.batches().progress(id).counts()).isEqualTo(new FileCounts(2_500, 0, 0, 2_499, 1, 0));

            String retry = engine.batches().retryFailed(id).id();
            engine.batches().await(retry, Duration.ofMinutes(1));
            assertThat(engine.batches().results(retry)).hasSize(1);
            engine.batches().delete(id);
            assertThat(engine.batches().purge(Instant.MAX)).isEqualTo(1);
        }
    }

    @Test
    void a_property_is_refused_as_it_has_none(@TempDir Path inbox) {
        assertThatThrownBy(() -> BatchEngine.builder()
                        .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                        .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> Outcome.succeeded()))
                        .store("maps", Map.of("size", "3"))
                        .build())
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("size");
    }

    @Test
    void the_program_runs(@TempDir Path inbox) throws Exception {
        Files.createFile(inbox.resolve("a"));
        assertThat(Printed.by(CustomStore::main, inbox))
                .singleElement()
                .asString()
                .endsWith("is COMPLETED with 1 results in \"maps\"");
    }

    @Test
    void an_idempotency_key_gives_the_same_batch_and_refuses_another_request() {
        StoredBatch first = create(batch("bat-1", "key", "print-a", null));
        assertThat(store.create(batch("bat-2", "key", "print-a", null))).isEqualTo(new Creating.Existing(first));
        assertThat(store.create(batch("bat-3", "key", "print-b", null))).isEqualTo(new Creating.Conflict(first));
        assertThat(store.find(new BatchKey.ByIdempotencyKey("prj-a", "key"))).contains(first);
        assertThat(store.find(new BatchKey.ById("prj-b", "bat-1"))).isEmpty();
    }

    @Test
    void a_claim_after_a_lapsed_lease_fences_the_owner_before() {
        create(batch("bat-1"));
        StoredBatch first = claim("one").get(0);
        nanos.addAndGet(LEASE.toNanos());
        assertThat(claim("two")).isEmpty();
        nanos.addAndGet(1);
        StoredBatch second = claim("two").get(0);
        assertThat(second.state().epoch()).isEqualTo(2);
        assertThat(second.state().version()).isEqualTo(2);
        assertThat(commit(first, BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(commit(second, BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(store.renew("one", LEASE, List.of()).held()).isEmpty();
    }

    @Test
    void a_renewal_keeps_what_is_held_and_gives_back_what_is_released() {
        create(batch("bat-1"));
        create(batch("bat-2"));
        assertThat(claim("one")).hasSize(2);
        nanos.addAndGet(LEASE.toNanos());
        assertThat(store.renew("one", LEASE, List.of(new Hold("bat-1", 1), new Hold("bat-2", 9)))
                        .held())
                .containsExactly(new Hold("bat-2", 1));
        nanos.addAndGet(LEASE.toNanos());
        assertThat(claim("two")).extracting(StoredBatch::id).containsExactly("bat-1");
    }

    @ParameterizedTest
    @EnumSource(BatchStatus.class)
    void only_legal_edges_are_written(BatchStatus next) {
        create(batch("bat-1"));
        StoredBatch pending = claim("one").get(0);
        boolean legal = next == BatchStatus.PENDING || BatchStatus.PENDING.canMoveTo(next);
        assertThat(commit(pending, next)).isEqualTo(legal ? Verdict.Kind.APPLIED : Verdict.Kind.ILLEGAL_TRANSITION);
        if (next.isTerminal() && legal) {
            assertThat(commit(find("bat-1"), BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.TERMINAL);
            assertThat(store.requestCancel(byId("bat-1")).kind()).isEqualTo(CancelReply.Kind.ALREADY_TERMINAL);
        }
    }

    @Test
    void a_cancel_request_refuses_completed_and_moves_no_version() {
        create(batch("bat-1"));
        commit(claim("one").get(0), BatchStatus.RUNNING);
        StoredBatch running = find("bat-1");
        assertThat(store.requestCancel(byId("bat-1")).kind()).isEqualTo(CancelReply.Kind.REQUESTED);
        assertThat(find("bat-1").state().version()).isEqualTo(running.state().version());
        assertThat(store.renew("one", LEASE, List.of()).cancelRequested()).containsExactly("bat-1");
        assertThat(store.commit(List.of(of(running, BatchStatus.COMPLETED, List.of(), List.of(), List.of()))))
                .containsExactly(new Verdict(Verdict.Kind.CANCEL_REQUESTED, true));
        assertThat(commit(running, BatchStatus.CANCELLED)).isEqualTo(Verdict.Kind.APPLIED);
    }

    @Test
    void a_file_that_is_settled_again_keeps_its_first_end() {
        create(batch("bat-1"));
        StoredBatch claimed = claim("one").get(0);
        var page = List.of(new ListedPage(0, List.of("a", "b", "c")));
        var first = settled(1, FileOutcome.SUCCEEDED, "own-1");
        var parked = List.of(ParkedFile.waiting(1, 1, NOON), ParkedFile.waiting(2, 1, NOON));
        store.commit(List.of(of(claimed, BatchStatus.RUNNING, page, List.of(first), parked)));
        var again = settled(1, FileOutcome.FAILED, "own-2");
        store.commit(List.of(of(find("bat-1"), BatchStatus.RUNNING, List.of(), List.of(again), List.of())));

        FileRecord b = new FileRecord("bat-1", 1, "b", first, null);
        assertThat(store.files(new FileQuery.InBatch("bat-1", 0, Long.MAX_VALUE, Set.of(), 2)))
                .containsExactly(new FileRecord("bat-1", 0, "a", null, null), b);
        assertThat(store.files(new FileQuery.InBatch("bat-1", 2, 3, Set.of(), 9)))
                .containsExactly(new FileRecord("bat-1", 2, "c", null, parked.get(1)));
        assertThat(store.files(new FileQuery.InBatch("bat-1", 0, 9, Set.of(FileOutcome.SUCCEEDED), 9)))
                .containsExactly(b);
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-1"))).containsExactly(b);
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-2"))).isEmpty();
        assertThat(store.files(new FileQuery.ByJob("prj-b", "own-1"))).isEmpty();
    }

    @Test
    void a_commit_that_does_not_fit_its_listing_changes_nothing() {
        create(batch("bat-1"));
        StoredBatch claimed = claim("one").get(0);
        var page = List.of(new ListedPage(0, List.of("a")));
        var beyond = List.of(settled(1, FileOutcome.SUCCEEDED, null));
        assertThatThrownBy(() -> store.commit(List.of(of(claimed, BatchStatus.RUNNING, page, beyond, List.of()))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(find("bat-1")).isEqualTo(claimed);
        assertThat(store.files(new FileQuery.InBatch("bat-1", 0, 9, Set.of(), 9)))
                .isEmpty();
    }

    @Test
    void lists_go_on_behind_a_key_and_count_whatever_the_page() {
        List.of("bat-1", "bat-2", "bat-3").forEach(id -> create(batch(id)));
        var first = store.list(new BatchQuery("prj-a", Set.of(), null, null, null, null, 2, true));
        assertThat(first.batches()).extracting(StoredBatch::id).containsExactly("bat-3", "bat-2");
        assertThat(first.total()).hasValue(3);
        create(batch("bat-4"));
        var after = new BatchQuery.Position(NOON, "bat-2");
        assertThat(store.list(new BatchQuery("prj-a", Set.of(), null, null, null, after, 2, false))
                        .batches())
                .extracting(StoredBatch::id)
                .containsExactly("bat-1");
    }

    @Test
    void a_batch_is_deleted_once_it_and_the_one_that_retries_it_have_ended() {
        create(batch("bat-1"));
        var one = new DeleteRequest.OneBatch("prj-a", "bat-1");
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.NOT_TERMINAL);
        commit(claim("one").get(0), BatchStatus.FAILED);
        create(batch("bat-2", null, "print", "bat-1"));
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.IN_USE);
        var old = new DeleteRequest.FinishedBefore(null, NOON.plusSeconds(60));
        assertThat(store.delete(old, 9)).isEqualTo(new DeleteReply(DeleteReply.Kind.DELETED, 0));
        commit(claim("one").get(0), BatchStatus.FAILED);
        assertThat(store.delete(old, 1)).isEqualTo(new DeleteReply(DeleteReply.Kind.MORE, 1));
        assertThat(store.delete(old, 1)).isEqualTo(new DeleteReply(DeleteReply.Kind.DELETED, 1));
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.NOT_FOUND);
    }

    private static NewBatch batch(String id) {
        return batch(id, null, "print", null);
    }

    private static NewBatch batch(String id, @Nullable String key, String fingerprint, @Nullable String retryOf) {
        return new NewBatch(
                id,
                Scope.ofProject("prj-a"),
                "dir-inbox",
                BatchConfig.of(TYPE, "cfg-a"),
                ConfigurationSnapshot.EMPTY,
                "tst-",
                BatchOptions.DEFAULT,
                key,
                fingerprint,
                null,
                retryOf,
                NOON);
    }

    private StoredBatch create(NewBatch batch) {
        Creating creating = store.create(batch);
        assertThat(creating).isInstanceOf(Creating.Created.class);
        return ((Creating.Created) creating).batch();
    }

    private StoredBatch find(String id) {
        return store.find(byId(id)).orElseThrow();
    }

    private static BatchKey byId(String id) {
        return new BatchKey.ById("prj-a", id);
    }

    private List<StoredBatch> claim(String owner) {
        return store.claim(new ClaimRequest(owner, LEASE, Set.of(TYPE), Set.of(), 9, 9, NOON)).stream()
                .map(Claimed::batch)
                .toList();
    }

    private Verdict.Kind commit(StoredBatch seen, BatchStatus status) {
        return store.commit(List.of(of(seen, status, List.of(), List.of(), List.of())))
                .get(0)
                .kind();
    }

    private static SettledFile settled(long ordinal, FileOutcome outcome, @Nullable String jobId) {
        return new SettledFile(ordinal, outcome, 1, NOON, 5, jobId, null);
    }

    private static BatchCommit of(
            StoredBatch seen,
            BatchStatus status,
            List<ListedPage> pages,
            List<SettledFile> settled,
            List<ParkedFile> parked) {
        return new BatchCommit(
                seen.id(),
                seen.state().epoch(),
                seen.state().version(),
                NOON,
                status,
                null,
                FileCounts.ZERO,
                false,
                null,
                0,
                0,
                pages,
                settled,
                parked);
    }
}
