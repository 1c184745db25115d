package io.batchengine.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Ids;
import io.batchengine.model.JobConfig;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.RenewRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each illegal call of a store is met; the same calls made legally are not. */
class CheckedBatchStoreTest {
    private static final JobType TYPE = JobType.of("test_v1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final String ID = Ids.newBatchId(1, new Random(1));
    private static final long TOKEN = 11;
    private static final ClaimRef HOLD = new ClaimRef(ID, 1, TOKEN);

    private final Violations violations = new Violations();
    private final Faults faults = new Faults();
    private final CheckedBatchStore store =
            new CheckedBatchStore(faults.around(new InMemoryBatchStore(() -> 0)), violations);

    /** A commit in the making: three listed files, of which the first is settled, from version 1. */
    private record Draft(
            long epoch,
            long version,
            BatchStatus status,
            FileCounts counts,
            boolean ended,
            @Nullable String listedTo,
            long settledBelow,
            List<ListedPage> pages,
            List<SettledFile> settled,
            List<DelayedFile> delayed) {
        static final Draft FIRST = new Draft(
                1,
                1,
                BatchStatus.RUNNING,
                FileCounts.builder().listed(3).succeeded(1).build(),
                false,
                "c",
                1,
                List.of(new ListedPage(0, List.of("a", "b", "c"))),
                List.of(succeeded(0)),
                List.of());
        /** What may follow it: the second file fails, the third waits. */
        static final Draft SECOND = new Draft(
                1,
                2,
                BatchStatus.RUNNING,
                FileCounts.builder().listed(3).succeeded(1).failed(1).build(),
                true,
                "c",
                2,
                List.of(),
                List.of(failed(1)),
                List.of(DelayedFile.waiting(2, 1, true, NOW)));

        /** Without files. */
        Draft idle() {
            return settled(new SettledFile[0]).delayed(new DelayedFile[0]);
        }

        BatchCommit commit() {
            return BatchCommit.builder()
                    .claim(new ClaimRef(ID, epoch, TOKEN))
                    .expectedVersion(version)
                    .at(NOW)
                    .status(status)
                    .counts(counts)
                    .listingEnded(ended)
                    .listedTo(listedTo)
                    .settledBelow(settledBelow)
                    .pages(pages)
                    .settled(settled)
                    .delayed(delayed)
                    .build();
        }

        Draft epoch(long other) {
            return new Draft(other, version, status, counts, ended, listedTo, settledBelow, pages, settled, delayed);
        }

        Draft version(long other) {
            return new Draft(epoch, other, status, counts, ended, listedTo, settledBelow, pages, settled, delayed);
        }

        Draft status(BatchStatus other) {
            return new Draft(epoch, version, other, counts, ended, listedTo, settledBelow, pages, settled, delayed);
        }

        Draft counts(FileCounts other) {
            return new Draft(epoch, version, status, other, ended, listedTo, settledBelow, pages, settled, delayed);
        }

        Draft ended(boolean other) {
            return new Draft(epoch, version, status, counts, other, listedTo, settledBelow, pages, settled, delayed);
        }

        Draft listedTo(@Nullable String other) {
            return new Draft(epoch, version, status, counts, ended, other, settledBelow, pages, settled, delayed);
        }

        Draft settledBelow(long other) {
            return new Draft(epoch, version, status, counts, ended, listedTo, other, pages, settled, delayed);
        }

        Draft pages(ListedPage... other) {
            return new Draft(
                    epoch, version, status, counts, ended, listedTo, settledBelow, List.of(other), settled, delayed);
        }

        Draft settled(SettledFile... other) {
            return new Draft(
                    epoch, version, status, counts, ended, listedTo, settledBelow, pages, List.of(other), delayed);
        }

        Draft delayed(DelayedFile... other) {
            return new Draft(
                    epoch, version, status, counts, ended, listedTo, settledBelow, pages, settled, List.of(other));
        }
    }

    private static SettledFile succeeded(long ordinal) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(FileOutcome.SUCCEEDED)
                .attempts(1)
                .finishedAt(NOW)
                .build();
    }

    private static SettledFile failed(long ordinal) {
        return SettledFile.builder()
                .ordinal(ordinal)
                .outcome(FileOutcome.FAILED)
                .attempts(1)
                .finishedAt(NOW)
                .message("no")
                .build();
    }

    private static BatchRecord batch(String id, Instant createdAt) {
        return BatchRecord.builder()
                .id(id)
                .scope(Scope.ofProject("prj-1"))
                .sourceDirectoryId("dir-1")
                .config(BatchConfig.of(JobConfig.of(TYPE, "cfg-1")))
                .jobIdPrefix("tst-")
                .fingerprint("print")
                .createdAt(createdAt)
                .build();
    }

    private static ClaimRequest request(String owner, int limit) {
        return ClaimRequest.builder()
                .owner(owner)
                .claimToken(TOKEN)
                .lease(LEASE)
                .types(Set.of(TYPE))
                .limit(limit)
                .at(NOW)
                .build();
    }

    private CheckedBatchStore claimed() {
        store.create(batch(ID, NOW));
        assertThat(store.claim(request("eng-1", 10))).hasSize(1);
        return store;
    }

    private void refused(Runnable call, String message) {
        assertThatExceptionOfType(ContractViolation.class).isThrownBy(call::run).withMessageContaining(message);
        assertThat(violations.found()).singleElement().asString().contains(message);
        assertThatExceptionOfType(ContractViolation.class).isThrownBy(violations::assertNone);
    }

    @Test
    void a_legal_engine_is_left_alone() {
        claimed().commit(List.of(Draft.FIRST.commit()));
        store.commit(List.of(Draft.SECOND.commit()));
        store.files(FileQuery.InBatch.of(ID, 0, Long.MAX_VALUE, Set.of(), 10));
        store.renew(RenewRequest.of("eng-1", LEASE, List.of(HOLD)));
        store.close();
        violations.assertNone();
    }

    static Stream<Arguments> illegal() {
        return Stream.of(
                change("never claimed", draft -> draft.epoch(2)),
                change("version 3 is expected", draft -> draft.version(3)),
                change("can't become PENDING", draft -> draft.status(BatchStatus.PENDING)),
                change("says COMPLETED with listing or files", draft -> draft.status(BatchStatus.COMPLETED)),
                change("THROTTLED with the reason null", draft -> draft.status(BatchStatus.THROTTLED)),
                change("FAILED with the reason null", draft -> draft.status(BatchStatus.FAILED)),
                change("listed to \"d\"", draft -> draft.listedTo("d")),
                change("of 1 files from 4 where 3", draft -> draft.pages(new ListedPage(4, List.of("d")))),
                change("of 0 files from 3", draft -> draft.pages(new ListedPage(3, List.of()))),
                change(
                        "\"b\" is not valid, or not behind \"c\"",
                        draft -> draft.pages(new ListedPage(3, List.of("b")))),
                change(
                        "4 files counted as listed where 3 are",
                        draft -> draft.counts(FileCounts.builder()
                                .listed(4)
                                .succeeded(1)
                                .failed(1)
                                .build())),
                change("file 3 is settled and not listed", draft -> draft.settled(failed(3))),
                change("file 0 is settled again", draft -> draft.settled(failed(0))),
                change("file 1 is settled again", draft -> draft.settled(failed(1), failed(1))),
                change(
                        "file 1 is SUCCEEDED with the message",
                        draft -> draft.settled(SettledFile.builder()
                                .ordinal(1)
                                .outcome(FileOutcome.SUCCEEDED)
                                .attempts(1)
                                .finishedAt(NOW)
                                .message("no")
                                .build())),
                change(
                        "has the job id \"other-1\"",
                        draft -> draft.settled(SettledFile.builder()
                                .ordinal(1)
                                .outcome(FileOutcome.FAILED)
                                .attempts(1)
                                .finishedAt(NOW)
                                .jobId("other-1")
                                .message("no")
                                .build())),
                change("below 3 are said to be settled, and 2 is not", draft -> draft.settledBelow(3)),
                change("what is settled goes back", draft -> draft.settledBelow(0)),
                change(
                        "does not follow from",
                        draft -> draft.counts(
                                FileCounts.builder().listed(3).succeeded(2).build())),
                change("does not follow from", draft -> draft.settledBelow(1).settled(new SettledFile[0])),
                change("file 0 is delayed and settled", draft -> draft.delayed(DelayedFile.waiting(0, 1, true, NOW))),
                change("is delayed and not listed", draft -> draft.delayed(DelayedFile.waiting(3, 1, true, NOW))),
                change(
                        "file 2 is delayed with a job of no attempt",
                        draft -> draft.delayed(DelayedFile.waiting(2, 0, true, NOW))));
    }

    private static Arguments change(String message, UnaryOperator<Draft> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("illegal")
    void an_illegal_commit_is_met(String message, UnaryOperator<Draft> change) {
        claimed().commit(List.of(Draft.FIRST.commit()));
        refused(() -> store.commit(List.of(change.apply(Draft.SECOND).commit())), message);
    }

    @Test
    void a_batch_whose_rows_are_damaged_keeps_its_status_with_that_as_its_reason() {
        claimed().commit(List.of(Draft.FIRST.commit()));
        store.commit(List.of(running(2, StatusReason.Code.STORE_CORRUPT)));
        violations.assertNone();
        refused(() -> store.commit(List.of(running(3, StatusReason.Code.BACK_PRESSURE))), "RUNNING with the reason");
    }

    private static BatchCommit running(long version, StatusReason.Code reason) {
        return BatchCommit.builder()
                .claim(new ClaimRef(ID, 1, TOKEN))
                .expectedVersion(version)
                .at(NOW)
                .status(BatchStatus.RUNNING)
                .reason(StatusReason.of(reason, "rows are missing", NOW))
                .counts(FileCounts.builder().listed(3).succeeded(1).build())
                .listedTo("c")
                .settledBelow(1)
                .build();
    }

    @Test
    void a_listing_that_has_ended_neither_grows_nor_opens_again() {
        claimed().commit(List.of(Draft.FIRST.commit()));
        store.commit(List.of(Draft.SECOND.commit()));
        Draft third = Draft.SECOND.version(3).idle();
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> store.commit(
                        List.of(third.pages(new ListedPage(3, List.of("d"))).commit())))
                .withMessageContaining("behind the recorded end");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> store.commit(List.of(third.ended(false).commit())))
                .withMessageContaining("taken back");
        store.commit(List.of(third.commit()));
    }

    @Test
    void one_batch_twice_in_a_commit_and_an_empty_commit_are_met() {
        claimed();
        BatchCommit commit = Draft.FIRST.commit();
        refused(() -> store.commit(List.of(commit, commit)), "comes twice");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> store.commit(List.of()))
                .withMessageContaining("nothing to commit");
    }

    @Test
    void a_commit_beside_another_and_a_release_meanwhile_are_met() throws Exception {
        claimed();
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(1);
        faults.on(Call.STORE_COMMIT, Fault.slow(LEASE, time -> {
            blocked.countDown();
            release.await();
        }));
        Thread first = new Thread(() -> store.commit(List.of(Draft.FIRST.commit())));
        first.start();
        blocked.await();
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> store.renew(RenewRequest.of("eng-1", LEASE, List.of(HOLD))))
                .withMessageContaining("released while a commit is under way");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(store::close)
                .withMessageContaining("a commit is under way");
        assertThatExceptionOfType(ContractViolation.class)
                .isThrownBy(() -> store.commit(List.of(Draft.SECOND.commit())))
                .withMessageContaining("another commit is under way");
        release.countDown();
        first.join();
    }

    @Test
    void a_commit_of_unknown_outcome_must_be_read_back() {
        claimed();
        faults.on(Call.STORE_COMMIT, Fault.doneThenThrowing(() -> new IllegalStateException("cut off")));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.commit(List.of(Draft.FIRST.commit())));
        refused(() -> store.commit(List.of(Draft.SECOND.commit())), "is not read back");
        store.find(new BatchKey.ById("prj-1", ID));
        store.commit(List.of(Draft.SECOND.commit()));
    }

    @Test
    void a_read_that_began_before_a_commit_does_not_tell_what_became_of_it() {
        claimed();
        BatchKey key = new BatchKey.ById("prj-1", ID);
        faults.on(
                Call.STORE_COMMIT,
                Fault.doneThenThrowing(() -> new IllegalStateException("cut off"))
                        .times(2));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.commit(List.of(Draft.FIRST.commit())));
        faults.on(Call.STORE_FIND, Fault.answeringLate(LEASE, time -> {
            store.find(key);
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> store.commit(List.of(Draft.SECOND.commit())));
        }));
        store.find(key);
        violations.assertNone();
        refused(() -> store.commit(List.of(Draft.SECOND.idle().version(3).commit())), "is not read back");
    }

    @Test
    void a_commit_that_did_not_land_may_be_sent_again_once_that_is_known() {
        claimed();
        faults.on(Call.STORE_COMMIT, Fault.throwing(() -> new IllegalStateException("cut off")));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> store.commit(List.of(Draft.FIRST.commit())));
        store.find(new BatchKey.ById("prj-1", ID));
        store.commit(List.of(Draft.FIRST.commit()));
        violations.assertNone();
    }

    @Test
    void a_commit_behind_the_end_is_met() {
        claimed().commit(List.of(Draft.FIRST.commit()));
        store.commit(List.of(Draft.SECOND.status(BatchStatus.CANCELLED).commit()));
        refused(() -> store.commit(List.of(Draft.SECOND.version(3).idle().commit())), "has ended as TERMINAL");
    }

    @Test
    void a_commit_of_a_batch_that_was_given_back_is_met() {
        claimed().renew(RenewRequest.of("eng-1", LEASE, List.of(HOLD)));
        refused(() -> store.commit(List.of(Draft.FIRST.commit())), "it was released");
    }

    @Test
    void completing_against_a_known_cancel_request_is_met() {
        claimed().requestCancel(new BatchKey.ById("prj-1", ID));
        store.commit(List.of(Draft.FIRST.commit()));
        SettledFile[] rest = {failed(1), failed(2)};
        refused(
                () -> store.commit(List.of(Draft.SECOND
                        .settled(rest)
                        .settledBelow(3)
                        .delayed(new DelayedFile[0])
                        .counts(FileCounts.builder()
                                .listed(3)
                                .succeeded(1)
                                .failed(2)
                                .build())
                        .status(BatchStatus.COMPLETED)
                        .commit())),
                "though a cancel request stands");
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                call("is no batch id", store -> store.create(batch("mine", NOW))),
                call("is created again", store -> store.create(batch(ID, NOW))),
                call(
                        "whole microseconds",
                        store -> store.create(batch(Ids.newBatchId(2, new Random(2)), NOW.plusNanos(1)))),
                call("\"eng-2\" asks where eng-1 did", store -> store.claim(request("eng-2", 1))),
                call("a limit of 0", store -> store.claim(request("eng-1", 0))),
                call("a lease of PT0S", store -> store.renew(RenewRequest.of("eng-1", Duration.ZERO, List.of()))),
                call(
                        "was never held",
                        store -> store.renew(RenewRequest.of("eng-1", LEASE, List.of(new ClaimRef(ID, 7, TOKEN))))),
                call("released twice", store -> store.renew(RenewRequest.of("eng-1", LEASE, List.of(HOLD, HOLD)))),
                call("files: ", store -> store.files(FileQuery.InBatch.of(ID, 0, 1, Set.of(), 0))),
                call("files: ", store -> store.files(FileQuery.InBatch.of(ID, -1, 1, Set.of(), 1))),
                call(
                        "limit 0 is below 1",
                        store -> store.list(
                                BatchQuery.builder().projectId("prj-1").limit(0).build())),
                call("a slice of 0", store -> store.delete(new DeleteRequest.OneBatch("prj-1", ID), 0)));
    }

    private static Arguments call(String message, Consumer<CheckedBatchStore> call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void an_illegal_argument_is_met(String message, Consumer<CheckedBatchStore> call) {
        claimed();
        refused(() -> call.accept(store), message);
    }

    @Test
    void a_call_behind_close_is_met() {
        claimed().close();
        refused(() -> store.find(new BatchKey.ById("prj-1", ID)), "the store is closed");
    }
}
