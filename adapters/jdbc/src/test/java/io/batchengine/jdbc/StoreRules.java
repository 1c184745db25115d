package io.batchengine.jdbc;

import static io.batchengine.jdbc.Batches.LEASE;
import static io.batchengine.jdbc.Batches.NOON;
import static io.batchengine.jdbc.Batches.batch;
import static io.batchengine.jdbc.Batches.byId;
import static io.batchengine.jdbc.Batches.commitOf;
import static io.batchengine.jdbc.Batches.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.ClaimRequest;
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
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store must do, whatever the database. */
abstract class StoreRules {
    /** Every kind of character that a database, an index or a driver may trip over. */
    private static final String HOSTILE = "a'\"\\%_\n\r\t\u001a\u0001\u202e\ud83d\ude00\uffff;--$1?{}";

    @SuppressWarnings("NullAway.Init")
    private JdbcBatchStore store;

    @SuppressWarnings("NullAway.Init")
    private Batches batches;

    abstract JdbcBatchStore open() throws Exception;

    /** Lets the leases that were taken with {@link Batches#LEASE} lapse. */
    abstract void lapseLeases() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
        batches = new Batches(store);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void an_idempotency_key_gives_the_same_batch_and_refuses_another_request() {
        StoredBatch first = batches.create(batch("bat-1", "key", "print-a", null));
        assertThat(store.create(batch("bat-2", "key", "print-a", null))).isEqualTo(new Creating.Existing(first));
        assertThat(store.create(batch("bat-3", "key", "print-b", null))).isEqualTo(new Creating.Conflict(first));
        assertThat(store.create(batch("bat-1", null, "print-a", null))).isEqualTo(new Creating.Existing(first));
        assertThat(store.find(new BatchKey.ByIdempotencyKey("prj-a", "key"))).contains(first);
        assertThat(store.find(new BatchKey.ById("prj-b", "bat-1"))).isEmpty();
        assertThat(store.find(new BatchKey.ByIdempotencyKey("prj-b", "key"))).isEmpty();
    }

    @Test
    void a_batch_is_read_back_as_it_was_written_whatever_its_text() {
        String text = HOSTILE + "\u0000\ud83d end \udc00";
        NewBatch request = new NewBatch(
                "bat-1",
                new Scope(HOSTILE, HOSTILE),
                HOSTILE.repeat(150),
                BatchConfig.of(JobType.PARSE_V2, HOSTILE),
                new ConfigurationSnapshot(text.repeat(20_000)),
                "pjb-",
                BatchOptions.DEFAULT
                        .withRetry(new RetryPolicy(7, Duration.ofNanos(1_500_000_001), Duration.ofDays(2)))
                        .withJobTimeout(Duration.ofSeconds(9, 1))
                        .withMaxFiles(12),
                HOSTILE,
                text,
                text,
                null,
                NOON.plusNanos(123_000));
        assertThat(store.create(request)).isEqualTo(new Creating.Created(StoredBatch.created(request)));
        assertThat(store.find(new BatchKey.ByIdempotencyKey(HOSTILE, HOSTILE))).contains(StoredBatch.created(request));
        StoredBatch claimed = store.claim(
                        new ClaimRequest("engine", LEASE, Set.of(JobType.PARSE_V2), Set.of(), 1, 1, NOON))
                .get(0)
                .batch();
        BatchCommit commit = new BatchCommit(
                "bat-1",
                1,
                1,
                NOON.plusSeconds(1),
                BatchStatus.RUNNING,
                new StatusReason(StatusReason.Code.BACK_PRESSURE, text, NOON),
                new FileCounts(1, 2, 3, 4, 5, 6),
                true,
                HOSTILE,
                1,
                3,
                List.of(new ListedPage(0, List.of(HOSTILE, HOSTILE + "b", "c"))),
                List.of(new SettledFile(0, FileOutcome.FAILED, 3, NOON, 7, HOSTILE, text)),
                List.of(new ParkedFile(1, 2, null, 1, ParkedFile.StartMark.ALONE)));
        assertThat(store.commit(List.of(commit))).containsExactly(new Verdict(Verdict.Kind.APPLIED, false));
        assertThat(store.find(new BatchKey.ById(HOSTILE, "bat-1"))).contains(claimed.after(commit));
        assertThat(batches.files("bat-1"))
                .containsExactly(
                        new FileRecord("bat-1", 0, HOSTILE, commit.settled().get(0), null),
                        new FileRecord(
                                "bat-1", 1, HOSTILE + "b", null, commit.parked().get(0)),
                        new FileRecord("bat-1", 2, "c", null, null));
        assertThat(store.files(new FileQuery.ByJob(HOSTILE, HOSTILE))).hasSize(1);
    }

    @Test
    void ids_of_every_length_are_kept() {
        StoredBatch running = batches.running("bat-1");
        List<String> ids = new ArrayList<>();
        for (String unit : List.of("x", "\u00e4", "\u8a9e", "\ud83d\ude00")) {
            IntStream.of(1, 127, 128, 129, 2_048, 4_096 / unit.length()).forEach(n -> ids.add(unit.repeat(n)));
        }
        batches.commit(commitOf(running, BatchStatus.RUNNING, List.of(new ListedPage(0, ids)), List.of(), List.of()));
        assertThat(batches.files("bat-1")).extracting(FileRecord::fileId).containsExactlyElementsOf(ids);
    }

    @Test
    void a_claim_after_a_lapsed_lease_fences_the_owner_before() throws Exception {
        batches.create("bat-1");
        StoredBatch first = batches.claim("one").get(0);
        assertThat(batches.claim("two")).isEmpty();
        lapseLeases();
        StoredBatch second = batches.claim("two").get(0);
        assertThat(second.state().epoch()).isEqualTo(2);
        assertThat(second.state().version()).isEqualTo(2);
        assertThat(second.state().deaths()).isEqualTo(1);
        assertThat(batches.commit(first, BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.STALE_EPOCH);
        assertThat(batches.commit(second, BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(store.renew("one", LEASE, List.of()).held()).isEmpty();
    }

    @Test
    void an_owner_whose_lease_had_lapsed_keeps_what_nobody_has_claimed() throws Exception {
        batches.create("bat-1");
        batches.claim("one");
        lapseLeases();
        assertThat(store.renew("one", LEASE, List.of()).held()).containsExactly(new Hold("bat-1", 1));
        assertThat(batches.claim("two")).isEmpty();
    }

    @Test
    void a_renewal_keeps_what_is_held_and_gives_back_what_is_released() throws Exception {
        batches.create("bat-1");
        batches.create("bat-2");
        assertThat(batches.claim("one")).hasSize(2);
        StoredBatch held = batches.find("bat-1");
        assertThat(store.renew("one", LEASE, List.of(new Hold("bat-1", 1), new Hold("bat-2", 9)))
                        .held())
                .containsExactly(new Hold("bat-2", 1));
        assertThat(batches.find("bat-1")).isEqualTo(held.released());
        assertThat(batches.claim("two")).extracting(StoredBatch::id).containsExactly("bat-1");
        assertThat(batches.find("bat-1").state().deaths()).isZero();
    }

    @Test
    void a_claim_gives_the_oldest_of_the_types_and_projects_that_are_wanted() {
        List<String> projects = List.of("prj-a", "prj-a", "prj-b", "prj-c", "prj-a");
        for (int i = 0; i < projects.size(); i++) {
            store.create(batch("bat-" + i, projects.get(i), "dir", JobType.PARSE_V2, NOON.minusSeconds(i)));
        }
        assertThat(claim("e", JobType.PARSE_V2, Set.of("prj-b"), 1, 10)).containsExactly("bat-4", "bat-3");
        assertThat(claim("e", JobType.EXTRACT_V2, Set.of(), 10, 10)).isEmpty();
        store.requestCancel(new BatchKey.ById("prj-b", "bat-2"));
        assertThat(claim("e", JobType.EXTRACT_V2, Set.of("prj-b"), 10, 10))
                .as("to end it, whatever its type")
                .containsExactly("bat-2");
        assertThat(claim("e", JobType.PARSE_V2, Set.of(), 10, 1)).containsExactly("bat-1");
        assertThat(claim("e", JobType.PARSE_V2, Set.of(), 10, 1)).containsExactly("bat-0");
        assertThat(claim("e", JobType.PARSE_V2, Set.of(), 10, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void each_of_the_36_pairs_is_written_or_refused_as_published(BatchStatus from) {
        for (BatchStatus to : BatchStatus.values()) {
            String id = "bat-" + to;
            batches.create(id);
            batches.claim("one");
            if (from != BatchStatus.PENDING) {
                batches.commit(batches.find(id), from == BatchStatus.COMPLETED ? BatchStatus.RUNNING : from);
            }
            if (from == BatchStatus.COMPLETED) {
                batches.commit(batches.find(id), from);
            }
            assertThat(batches.find(id).state().status()).isEqualTo(from);
            Verdict.Kind expected = from.isTerminal()
                    ? Verdict.Kind.TERMINAL
                    : from == to || from.canMoveTo(to) ? Verdict.Kind.APPLIED : Verdict.Kind.ILLEGAL_TRANSITION;
            assertThat(batches.commit(batches.find(id), to))
                    .as("%s > %s", from, to)
                    .isEqualTo(expected);
            assertThat(batches.find(id).state().status()).isEqualTo(expected == Verdict.Kind.APPLIED ? to : from);
        }
    }

    @Test
    void one_refused_batch_in_a_commit_of_many_spoils_only_itself() {
        StoredBatch good = batches.running("bat-1");
        StoredBatch stale = batches.running("bat-2");
        StoredBatch gone = StoredBatch.created(batch("bat-3"));
        StoredBatch old = batches.running("bat-4");
        batches.commit(old, BatchStatus.RUNNING);
        var page = List.of(new ListedPage(0, List.of("a")));
        List<Verdict> verdicts = store.commit(List.of(
                commitOf(stale.claimedBy("x", NOON), BatchStatus.RUNNING, page, List.of(), List.of()),
                commitOf(gone, BatchStatus.RUNNING, page, List.of(), List.of()),
                commitOf(old, BatchStatus.RUNNING, page, List.of(), List.of()),
                commitOf(good, BatchStatus.RUNNING, page, List.of(settled(0, FileOutcome.FAILED, null)), List.of())));
        assertThat(verdicts)
                .extracting(Verdict::kind)
                .containsExactly(
                        Verdict.Kind.STALE_EPOCH,
                        Verdict.Kind.GONE,
                        Verdict.Kind.VERSION_CONFLICT,
                        Verdict.Kind.APPLIED);
        assertThat(batches.find("bat-2")).isEqualTo(stale);
        assertThat(batches.files("bat-2")).isEmpty();
        assertThat(batches.files("bat-1")).hasSize(1);
    }

    @Test
    void a_cancel_request_refuses_completed_and_moves_no_version() {
        StoredBatch running = batches.running("bat-1");
        assertThat(store.requestCancel(byId("bat-1")))
                .isEqualTo(new CancelReply(CancelReply.Kind.REQUESTED, running.withCancelRequested()));
        assertThat(batches.find("bat-1")).isEqualTo(running.withCancelRequested());
        assertThat(store.renew("one", LEASE, List.of()).cancelRequested()).containsExactly("bat-1");
        assertThat(store.commit(List.of(commitOf(running, BatchStatus.COMPLETED, List.of(), List.of(), List.of()))))
                .containsExactly(new Verdict(Verdict.Kind.CANCEL_REQUESTED, true));
        assertThat(batches.commit(running, BatchStatus.CANCELLED)).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(store.requestCancel(byId("bat-1")).kind()).isEqualTo(CancelReply.Kind.ALREADY_TERMINAL);
        assertThat(store.requestCancel(new BatchKey.ById("prj-b", "bat-1")).kind())
                .isEqualTo(CancelReply.Kind.NOT_FOUND);
    }

    @Test
    void a_file_that_is_settled_again_keeps_its_first_end() {
        StoredBatch running = batches.running("bat-1");
        var page = List.of(new ListedPage(0, List.of("a", "b", "c")));
        var first = settled(1, FileOutcome.SUCCEEDED, "own-1");
        var parked = List.of(ParkedFile.waiting(1, 1, NOON), ParkedFile.waiting(2, 1, NOON));
        store.commit(List.of(commitOf(running, BatchStatus.RUNNING, page, List.of(first), parked)));
        var again = List.of(
                settled(0, FileOutcome.SUCCEEDED, null),
                settled(1, FileOutcome.SUCCEEDED, null),
                settled(1, FileOutcome.FAILED, "own-2"));
        store.commit(List.of(commitOf(batches.find("bat-1"), BatchStatus.RUNNING, List.of(), again, List.of())));

        FileRecord b = new FileRecord("bat-1", 1, "b", first, null);
        assertThat(store.files(new FileQuery.InBatch("bat-1", 0, Long.MAX_VALUE, Set.of(), 2)))
                .containsExactly(new FileRecord("bat-1", 0, "a", again.get(0), null), b);
        assertThat(store.files(new FileQuery.InBatch("bat-1", 2, 3, Set.of(), 9)))
                .containsExactly(new FileRecord("bat-1", 2, "c", null, parked.get(1)));
        assertThat(store.files(new FileQuery.InBatch("bat-1", 1, 9, Set.of(FileOutcome.SUCCEEDED), 9)))
                .containsExactly(b);
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-1"))).containsExactly(b);
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-2"))).isEmpty();
        assertThat(store.files(new FileQuery.ByJob("prj-b", "own-1"))).isEmpty();
    }

    @Test
    void the_record_of_a_waiting_file_is_replaced_and_ends_when_it_is_settled() {
        StoredBatch running = batches.running("bat-1");
        var page = List.of(new ListedPage(0, List.of("a", "b")));
        var mark = new ParkedFile(0, 1, null, 1, ParkedFile.StartMark.TOGETHER);
        store.commit(List.of(
                commitOf(running, BatchStatus.RUNNING, page, List.of(), List.of(ParkedFile.waiting(0, 1, NOON)))));
        store.commit(
                List.of(commitOf(batches.find("bat-1"), BatchStatus.RUNNING, List.of(), List.of(), List.of(mark))));
        assertThat(batches.files("bat-1").get(0).parked()).isEqualTo(mark);
        var end = List.of(settled(0, FileOutcome.SUCCEEDED, null));
        store.commit(List.of(commitOf(batches.find("bat-1"), BatchStatus.RUNNING, List.of(), end, List.of())));
        store.commit(
                List.of(commitOf(batches.find("bat-1"), BatchStatus.RUNNING, List.of(), List.of(), List.of(mark))));
        assertThat(batches.files("bat-1").get(0).parked()).isNull();
        assertThat(batches.files("bat-1").get(0).settled()).isEqualTo(end.get(0));
    }

    @Test
    void a_commit_that_does_not_fit_its_listing_changes_nothing() {
        StoredBatch running = batches.running("bat-1");
        StoredBatch other = batches.running("bat-2");
        var page = List.of(new ListedPage(0, List.of("a")));
        var beyond = List.of(settled(1, FileOutcome.SUCCEEDED, null));
        BatchCommit wrong = commitOf(running, BatchStatus.RUNNING, page, beyond, List.of());
        assertThatThrownBy(() ->
                        store.commit(List.of(commitOf(other, BatchStatus.RUNNING, page, List.of(), List.of()), wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("file 1");
        assertThat(batches.find("bat-1")).isEqualTo(running);
        assertThat(batches.files("bat-1")).isEmpty();
        assertThat(batches.find("bat-2")).isEqualTo(other);
        var gap = List.of(new ListedPage(3, List.of("x")));
        assertThatThrownBy(
                        () -> store.commit(List.of(commitOf(running, BatchStatus.RUNNING, gap, List.of(), List.of()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("where 0 is next");
    }

    @Test
    void files_are_read_by_range_outcome_and_limit_over_many_pages() {
        StoredBatch running = batches.running("bat-1");
        List<ListedPage> pages = new ArrayList<>();
        List<SettledFile> settled = new ArrayList<>();
        for (int first = 0; first < 1_000; first += 7) {
            int start = first;
            pages.add(new ListedPage(
                    first,
                    IntStream.range(first, start + 7)
                            .mapToObj("file-%05d"::formatted)
                            .toList()));
        }
        FileOutcome[] outcomes = FileOutcome.values();
        for (int ordinal = 999; ordinal >= 0; ordinal--) {
            if (ordinal % 3 != 0) {
                settled.add(settled(ordinal, ordinal % 10 == 0 ? outcomes[ordinal / 10 % 4] : outcomes[0], null));
            }
        }
        batches.commit(commitOf(running, BatchStatus.RUNNING, pages, settled, List.of()));
        List<FileRecord> all = batches.files("bat-1");
        assertThat(all).hasSize(1_001).extracting(FileRecord::ordinal).isSorted();
        assertThat(all).allSatisfy(file -> assertThat(file.fileId()).isEqualTo("file-%05d".formatted(file.ordinal())));
        assertThat(all.stream().filter(file -> file.settled() != null)).hasSize(settled.size());
        for (Set<FileOutcome> wanted : List.of(
                Set.<FileOutcome>of(),
                EnumSet.allOf(FileOutcome.class),
                EnumSet.of(FileOutcome.FAILED, FileOutcome.MAPPING_ERROR))) {
            List<FileRecord> expected = all.stream()
                    .filter(file -> wanted.isEmpty()
                            || (file.settled() != null
                                    && wanted.contains(file.settled().outcome())))
                    .filter(file -> file.ordinal() >= 20 && file.ordinal() < 910)
                    .limit(40)
                    .toList();
            assertThat(store.files(new FileQuery.InBatch("bat-1", 20, 910, wanted, 40)))
                    .containsExactlyElementsOf(expected);
        }
        assertThat(store.files(new FileQuery.InBatch("bat-1", 2_000, Long.MAX_VALUE, Set.of(), 9)))
                .isEmpty();
        assertThat(store.files(new FileQuery.InBatch("bat-unknown", 0, 10, Set.of(), 10)))
                .isEmpty();
    }

    @Test
    void lists_go_on_behind_a_key_and_count_whatever_the_page() {
        List.of("bat-1", "bat-2", "bat-3").forEach(batches::create);
        var first = store.list(new BatchQuery("prj-a", Set.of(), null, null, null, null, 2, true));
        assertThat(first.batches()).extracting(StoredBatch::id).containsExactly("bat-3", "bat-2");
        assertThat(first.total()).hasValue(3);
        batches.create("bat-4");
        var after = new BatchQuery.Position(NOON, "bat-2");
        assertThat(store.list(new BatchQuery("prj-a", Set.of(), null, null, null, after, 2, false))
                        .batches())
                .extracting(StoredBatch::id)
                .containsExactly("bat-1");
    }

    @Test
    void every_filter_of_a_list_is_met_by_every_page() {
        for (int i = 0; i < 60; i++) {
            Instant created = NOON.plusSeconds(i / 2);
            String id = "bat-%02d".formatted(i);
            store.create(batch(id, i % 5 == 0 ? "prj-b" : "prj-a", "dir-" + i % 2, Batches.TYPE, created));
            store.claim(new ClaimRequest("one", LEASE, Set.of(Batches.TYPE), Set.of(), 1, 1, NOON));
            StoredBatch claimed = store.find(new BatchKey.ById(i % 5 == 0 ? "prj-b" : "prj-a", id))
                    .orElseThrow();
            BatchStatus status = List.of(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING)
                    .get(i % 3);
            batches.commit(claimed, status == BatchStatus.THROTTLED ? BatchStatus.FAILED : status);
        }
        List<StoredBatch> all = list(new BatchQuery("prj-a", Set.of(), null, null, null, null, 100, false));
        assertThat(all).hasSize(48);
        for (Set<BatchStatus> statuses : List.of(
                Set.<BatchStatus>of(), Set.of(BatchStatus.FAILED), Set.of(BatchStatus.FAILED, BatchStatus.RUNNING))) {
            for (boolean byDirectory : List.of(true, false)) {
                for (boolean byTime : List.of(true, false)) {
                    BatchQuery query = new BatchQuery(
                            "prj-a",
                            statuses,
                            byDirectory ? "dir-1" : null,
                            byTime ? NOON.plusSeconds(3) : null,
                            byTime ? NOON.plusSeconds(20).plusNanos(5) : null,
                            null,
                            4,
                            true);
                    assertThat(list(query))
                            .containsExactlyElementsOf(all.stream()
                                    .filter(batch -> meets(query, batch))
                                    .toList());
                }
            }
        }
    }

    @Test
    void a_batch_is_deleted_once_it_and_the_one_that_retries_it_have_ended() {
        batches.create("bat-1");
        var one = new DeleteRequest.OneBatch("prj-a", "bat-1");
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.NOT_TERMINAL);
        batches.commit(batches.claim("one").get(0), BatchStatus.FAILED);
        batches.create(batch("bat-2", null, "print", "bat-1"));
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.IN_USE);
        var old = new DeleteRequest.FinishedBefore(null, NOON.plusSeconds(60));
        assertThat(store.delete(old, 9)).isEqualTo(new DeleteReply(DeleteReply.Kind.DELETED, 0));
        batches.commit(batches.claim("one").get(0), BatchStatus.FAILED);
        assertThat(store.delete(new DeleteRequest.FinishedBefore("prj-b", Instant.MAX), 9)
                        .batches())
                .isZero();
        assertThat(store.delete(old, 1)).isEqualTo(new DeleteReply(DeleteReply.Kind.MORE, 1));
        assertThat(store.delete(old, 1)).isEqualTo(new DeleteReply(DeleteReply.Kind.DELETED, 1));
        assertThat(store.delete(one, 9).kind()).isEqualTo(DeleteReply.Kind.NOT_FOUND);
        assertThat(store.create(batch("bat-3", null, "print", "bat-1"))).isEqualTo(new Creating.OriginMissing());
    }

    @Test
    void a_deletion_hides_a_batch_at_once_and_goes_on_in_slices() {
        batches.create(batch("bat-1", "key", "print", null));
        StoredBatch running = batches.claim("one").get(0);
        List<ListedPage> pages = IntStream.range(0, 10)
                .mapToObj(i -> new ListedPage(i * 3L, List.of("a" + i, "b" + i, "c" + i)))
                .toList();
        List<SettledFile> ends = IntStream.range(0, 30)
                .mapToObj(i -> settled(i, FileOutcome.SUCCEEDED, i == 20 ? "own-20" : null))
                .toList();
        batches.commit(commitOf(running, BatchStatus.RUNNING, pages, ends, List.of()));
        batches.commit(batches.find("bat-1"), BatchStatus.COMPLETED);

        var one = new DeleteRequest.OneBatch("prj-a", "bat-1");
        assertThat(store.delete(one, 5)).isEqualTo(new DeleteReply(DeleteReply.Kind.MORE, 0));
        assertThat(store.find(byId("bat-1"))).isEmpty();
        assertThat(store.find(new BatchKey.ByIdempotencyKey("prj-a", "key"))).isEmpty();
        assertThat(batches.files("bat-1")).isEmpty();
        assertThat(store.files(new FileQuery.ByJob("prj-a", "own-20"))).isEmpty();
        assertThat(store.list(new BatchQuery("prj-a", Set.of(), null, null, null, null, 9, true))
                        .total())
                .hasValue(0);
        assertThat(store.requestCancel(byId("bat-1")).kind()).isEqualTo(CancelReply.Kind.NOT_FOUND);
        assertThat(store.create(batch("bat-2", null, "print", "bat-1"))).isEqualTo(new Creating.OriginMissing());
        assertThat(store.create(batch("bat-3", "key", "other", null))).isInstanceOf(Creating.Created.class);
        assertThat(store.delete(one, 5).kind()).isEqualTo(DeleteReply.Kind.MORE);
        // A purge of another time takes up what was left behind.
        assertThat(store.delete(new DeleteRequest.FinishedBefore("prj-a", Instant.MIN), 1_000))
                .isEqualTo(new DeleteReply(DeleteReply.Kind.DELETED, 1));
        assertThat(store.delete(one, 5).kind()).isEqualTo(DeleteReply.Kind.NOT_FOUND);
    }

    private List<String> claim(String owner, JobType type, Set<String> excluded, int perProject, int limit) {
        return store.claim(new ClaimRequest(owner, LEASE, Set.of(type), excluded, perProject, limit, NOON)).stream()
                .map(claimed -> claimed.batch().id())
                .toList();
    }

    /** All pages of a list, each checked for the total. */
    private List<StoredBatch> list(BatchQuery query) {
        List<StoredBatch> all = new ArrayList<>();
        BatchQuery next = query;
        while (true) {
            var page = store.list(next);
            all.addAll(page.batches());
            if (page.batches().size() < query.limit()) {
                if (query.withTotal()) {
                    assertThat(page.total()).hasValue(all.size());
                }
                return all;
            }
            StoredBatch last = all.get(all.size() - 1);
            next = new BatchQuery(
                    query.projectId(),
                    query.statuses(),
                    query.sourceDirectoryId(),
                    query.createdOnOrAfter(),
                    query.createdOnOrBefore(),
                    new BatchQuery.Position(last.request().createdAt(), last.id()),
                    query.limit(),
                    query.withTotal());
        }
    }

    private static boolean meets(BatchQuery query, StoredBatch batch) {
        Instant created = batch.request().createdAt();
        return (query.statuses().isEmpty()
                        || query.statuses().contains(batch.state().status()))
                && (query.sourceDirectoryId() == null
                        || query.sourceDirectoryId().equals(batch.request().sourceDirectoryId()))
                && (query.createdOnOrAfter() == null || !created.isBefore(query.createdOnOrAfter()))
                && (query.createdOnOrBefore() == null || !created.isAfter(query.createdOnOrBefore()));
    }
}
