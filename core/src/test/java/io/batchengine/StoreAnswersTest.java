package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign store whose answers make no progress, or are of something else: none is believed, and nothing spins by it. */
class StoreAnswersTest {
    private static final int FILES = 2_500;
    private static final String PROJECT = "prj-default";
    /** So many a batch has settled when its engine dies. */
    private static final int DONE = 1_200;

    private static final BatchOptions IN_A_MINUTE =
            BatchOptions.DEFAULT.withRetry(RetryPolicy.of(2).withBackoff(Duration.ofMinutes(1), Duration.ofMinutes(1)));

    /** More calls than any of these needs; a loop without an end would make more. */
    private static final int MOST_CALLS = 500;

    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", FILES);
    private final InMemoryBatchStore real = new InMemoryBatchStore(machine::nanos);
    private final Map<String, UnaryOperator<Object>> altered = new HashMap<>();
    private final Map<String, Function<Object[], Object>> replaced = new HashMap<>();
    private int calls;

    /** What a store may do to the records of a page. */
    enum Wrong {
        SAME_PAGE_AGAIN,
        OUT_OF_ORDER,
        BEYOND_THE_LIMIT,
        OF_ANOTHER_BATCH,
        WITH_A_GAP;

        List<FileRecord> of(List<FileRecord> files) {
            List<FileRecord> wrong = new ArrayList<>(files);
            switch (this) {
                case SAME_PAGE_AGAIN -> wrong.replaceAll(file -> moved(file, file.ordinal() % 1_000));
                case OUT_OF_ORDER -> Collections.reverse(wrong);
                case BEYOND_THE_LIMIT -> {
                    FileRecord last = wrong.get(wrong.size() - 1);
                    wrong.add(moved(last, last.ordinal() + 1));
                }
                case OF_ANOTHER_BATCH ->
                    wrong.replaceAll(file -> FileRecord.of("bat-other", file.ordinal(), file.fileId(), null, null));
                case WITH_A_GAP -> wrong.replaceAll(file -> moved(file, file.ordinal() + 7));
            }
            return wrong;
        }

        private static FileRecord moved(FileRecord file, long ordinal) {
            return FileRecord.of(file.batchId(), ordinal, file.fileId(), file.settled(), null);
        }
    }

    static Stream<Wrong> spinning() {
        return Stream.of(Wrong.SAME_PAGE_AGAIN, Wrong.OUT_OF_ORDER, Wrong.BEYOND_THE_LIMIT, Wrong.OF_ANOTHER_BATCH);
    }

    @ParameterizedTest
    @MethodSource("spinning")
    void a_stream_of_results_refuses_pages_that_do_not_go_on(Wrong wrong) {
        BatchEngine engine = engine();
        String id = completed(engine);
        altered.put("files", answer -> wrong.of(files(answer)));
        assertCorrupt(() -> engine.batches().results(id).count());
        assertCorrupt(() -> engine.batches().jobs(id).count());
        altered.clear();
        assertThat(engine.batches().results(id).count()).isEqualTo(FILES);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10, FILES - 1})
    void results_of_a_completed_batch_that_end_early_are_refused(int told) {
        BatchEngine engine = engine();
        String id = completed(engine);
        altered.put(
                "files",
                answer -> files(answer).stream()
                        .filter(file -> file.ordinal() < told)
                        .toList());
        assertCorrupt(() -> engine.batches().results(id).count());
        assertCorrupt(() -> engine.batches().jobs(id).count());
        engine.batches().delete(id);
        altered.clear();
    }

    @ParameterizedTest
    @MethodSource("wrongAtRecovery")
    void a_take_over_refuses_pages_that_do_not_go_on_and_the_batch_stays_with_its_reason(Wrong wrong) {
        String id = leftBehind();
        altered.put("files", answer -> wrong.of(files(answer)));
        assertKeptAndEnded(id);
    }

    static Stream<Wrong> wrongAtRecovery() {
        return Stream.of(Wrong.values());
    }

    @Test
    void a_take_over_that_misses_pages_does_not_run_the_rest_as_all() {
        String id = leftBehind();
        altered.put("files", answer -> List.of());
        assertKeptAndEnded(id);
    }

    @Test
    void a_take_over_that_misses_ends_does_not_run_files_twice() {
        String id = leftBehind();
        altered.put(
                "files",
                answer -> files(answer).stream()
                        .map(file -> FileRecord.of(file.batchId(), file.ordinal(), file.fileId(), null, null))
                        .toList());
        assertKeptAndEnded(id);
    }

    @Test
    void a_take_over_that_was_taken_over_itself_is_not_called_damaged() {
        String id = leftBehind();
        altered.put("files", answer -> List.of());
        altered.put(
                "find",
                answer -> ((Optional<?>) answer)
                        .map(found -> ((StoredBatch) found)
                                .claimedBy("another", 7, machine.clock().instant())));
        BatchEngine engine = engine();
        machine.advance(Duration.ofSeconds(10));
        assertThat(calls).isLessThan(MOST_CALLS);
        assertThat(engine.health().problems()).isEmpty();
        altered.clear();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 100})
    void retries_that_wait_in_the_store_alone_and_are_not_told_are_not_asked_for_without_end(int times) {
        altered.put(
                "delayed",
                answer -> files(answer).stream()
                        .limit(1)
                        .flatMap(file -> Collections.nCopies(times, file).stream())
                        .toList());
        BatchEngine engine = failingOnce();
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(IN_A_MINUTE))
                .id();
        assertKeptAndEnded(engine, id);
    }

    @Test
    void a_cancelled_batch_whose_waiting_retries_are_not_told_ends() {
        BatchEngine engine = failingOnce();
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(IN_A_MINUTE))
                .id();
        machine.advance(Duration.ofSeconds(30));
        altered.put("delayed", answer -> List.of());
        var unused = engine.batches().cancel(id);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.health().problems()).isEmpty();
        assertThat(engine.health().activeBatches()).isZero();
    }

    /** An engine that keeps few of its waiting retries in memory, with jobs that fail the first time. */
    private BatchEngine failingOnce() {
        return machine.engine()
                .sourceDirectory(directory)
                .store(store())
                .delayedInMemory(10)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(
                        job -> job.attempt() == 1 ? Outcome.failedRetryably("not yet") : Outcome.succeeded()))))
                .build();
    }

    private void assertKeptAndEnded(String id) {
        assertKeptAndEnded(engine(), id);
    }

    private void assertKeptAndEnded(BatchEngine engine, String id) {
        var end = engine.batches().completion(id).toCompletableFuture();
        machine.advance(Duration.ofMinutes(10));
        assertThat(calls).isLessThan(MOST_CALLS * 10);
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
        assertThat(engine.batches().progress(id).reason())
                .extracting(StatusReason::code)
                .isEqualTo(StatusReason.Code.STORE_CORRUPT);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id));
        assertThat(end).isCompletedExceptionally();
        assertThat(engine.health().activeBatches()).isZero();

        var unused = engine.batches().cancel(id);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.health().problems()).isEmpty();
        engine.batches().delete(id);
    }

    /** What a store may do to the files that wait for a retry in it alone. */
    enum WrongDelay {
        OF_ANOTHER_BATCH,
        REVERSED,
        THE_FIRST_AGAIN,
        NOT_WAITING,
        ONE_TOO_MANY;

        List<FileRecord> of(List<FileRecord> files) {
            List<FileRecord> wrong = new ArrayList<>(files);
            FileRecord first = files.get(0);
            switch (this) {
                case OF_ANOTHER_BATCH ->
                    wrong.replaceAll(
                            file -> FileRecord.of("bat-other", file.ordinal(), file.fileId(), null, file.delayed()));
                case REVERSED -> Collections.reverse(wrong);
                case THE_FIRST_AGAIN -> wrong.replaceAll(file -> first);
                case NOT_WAITING ->
                    wrong.replaceAll(file -> FileRecord.of(file.batchId(), file.ordinal(), file.fileId(), null, null));
                case ONE_TOO_MANY -> wrong.add(0, first);
            }
            return wrong;
        }
    }

    @ParameterizedTest
    @EnumSource
    void waiting_retries_that_are_told_wrong_are_not_taken_up_and_their_batch_says_so(WrongDelay wrong) {
        Set<String> tried = new HashSet<>();
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(store())
                .delayedInMemory(10)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(
                        job -> tried.add(job.file().id()) ? Outcome.failedRetryably("busy") : Outcome.succeeded()))))
                .build();
        RetryPolicy inTenMinutes = RetryPolicy.of(3).withBackoff(Duration.ofMinutes(10), Duration.ofMinutes(10));
        altered.put("delayed", answer -> wrong.of(files(answer)));
        String id = engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(BatchOptions.DEFAULT.withRetry(inTenMinutes)))
                .id();
        machine.advance(Duration.ofMinutes(11));
        assertThat(calls).isLessThan(10 * MOST_CALLS);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id).contains("the call delayed"));
        assertThat(engine.batches().progress(id).reason())
                .extracting(StatusReason::code)
                .isEqualTo(StatusReason.Code.STORE_CORRUPT);

        altered.clear();
        var unused = engine.batches().cancel(id);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().jobs(id))
                .isNotEmpty()
                .allSatisfy(job -> assertThat(job.attempts()).isEqualTo(2))
                .doesNotHaveDuplicates();
        assertThat(engine.health().problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Verdict.Kind.class,
            names = {"CANCEL_REQUESTED", "CORRUPT"})
    void a_store_that_answers_each_write_alike_is_not_asked_without_end(Verdict.Kind kind) {
        BatchEngine engine = engine();
        altered.put(
                "commit",
                answer -> ((List<?>) answer)
                        .stream()
                                .map(each -> Verdict.of(kind, kind == Verdict.Kind.CANCEL_REQUESTED))
                                .toList());
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(10));
        assertThat(calls).isLessThan(5 * MOST_CALLS);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id));
        CompletionStage<CloseReport> closed = engine.closeAsync(Duration.ofSeconds(5));
        machine.advance(Duration.ofSeconds(6));
        assertThat(closed.toCompletableFuture()).isDone();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                        Verdict.Kind.STALE_EPOCH,
                        Verdict.Kind.VERSION_CONFLICT,
                        Verdict.Kind.TERMINAL,
                        Verdict.Kind.GONE)
                .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_batch_whose_writes_are_all_refused_is_told_and_not_asked_for_without_end(
            Verdict.Kind kind, boolean givenAgain) {
        BatchEngine engine = engine();
        replaced.put(
                "commit",
                call -> ((List<?>) call[0])
                        .stream()
                                .map(each -> {
                                    if (givenAgain) { // at the next claim
                                        giveBack((BatchCommit) each);
                                    }
                                    return Verdict.of(kind, false);
                                })
                                .toList());
        assertToldAndMended(engine, "as " + kind);
    }

    private void giveBack(BatchCommit commit) {
        String owner = real.find(new BatchKey.ById(PROJECT, commit.batchId()))
                .orElseThrow()
                .state()
                .owner();
        real.renew(RenewRequest.of(Objects.requireNonNull(owner), Duration.ofSeconds(30), List.of(commit.claim())));
    }

    /** An engine that could not renew claims again what it holds still, and what it had to write of it waits for the store. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 8, 10})
    void no_batch_is_twice_in_one_commit_though_it_was_claimed_twice(int lease) {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(store())
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .lease(Duration.ofSeconds(lease))
                .limits(Limits.DEFAULT.withEachProject(ProjectLimits.NONE.withMaxActiveBatches(1)))
                .build();
        List<List<String>> commits = new ArrayList<>();
        boolean[] down = {true};
        replaced.put("commit", call -> {
            commits.add(((List<?>) call[0])
                    .stream().map(each -> ((BatchCommit) each).batchId()).toList());
            if (down[0]) {
                throw new IllegalStateException("down");
            }
            return real.commit(
                    ((List<?>) call[0]).stream().map(BatchCommit.class::cast).toList());
        });
        replaced.put("renew", call -> {
            throw new IllegalStateException("down");
        });
        for (String project : List.of(PROJECT, PROJECT, "prj-other", "prj-other")) {
            var unused = engine.batches(project).create("dir-a", TYPE, "cfg");
        }
        machine.advance(Duration.ofMinutes(2));
        down[0] = false;
        replaced.remove("renew");
        machine.advance(Duration.ofMinutes(2));
        assertThat(commits).isNotEmpty().allSatisfy(ids -> assertThat(ids).doesNotHaveDuplicates());
        assertThat(engine.batches().list(ListBatches.ALL).items())
                .hasSize(2)
                .extracting(Batch::status)
                .containsOnly(BatchStatus.COMPLETED);
    }

    @Test
    void a_batch_that_no_renewal_holds_is_told_and_not_asked_for_without_end() {
        BatchEngine engine = engine(endless());
        replaced.put("renew", call -> Renewal.of(Set.of(), Set.of()));
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(10));
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id).contains("renewal"));
    }

    private void assertToldAndMended(BatchEngine engine, String how) {
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(10));
        assertThat(calls).isLessThan(3 * MOST_CALLS);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id).contains(how));

        replaced.clear();
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void a_renewal_that_is_null_is_told_as_an_answer_of_the_store() {
        BatchEngine engine = engine(endless());
        replaced.put("renew", call -> null);
        var unused = engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.health().problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("lease").contains("call renew failed: it answered null"))
                .noneSatisfy(problem -> assertThat(problem).contains("defect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "claim", "commit", "find", "files"})
    void a_call_that_does_not_return_is_told_while_it_lasts(String call) {
        BatchEngine engine = engine();
        completed(engine);
        List<List<String>> told = new ArrayList<>();
        altered.put(call, answer -> {
            if (told.isEmpty()) {
                machine.spend(Duration.ofSeconds(19));
                told.add(engine.health().problems());
                machine.spend(Duration.ofSeconds(26));
                told.add(engine.health().problems());
            }
            return answer;
        });
        String next =
                engine.batches().create(CreateBatch.of("dir-a", TYPE, "cfg")).id();
        machine.advance(Duration.ofMinutes(1));
        var unused = engine.batches().jobs(next).count();
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).isEmpty();
        assertThat(told.get(1))
                .singleElement()
                .asString()
                .contains("call " + call)
                .contains("45 seconds");
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.health().problems()).isEmpty();
        assertThat(engine.batches().get(next).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void damage_that_a_read_meets_is_told_in_health_for_a_while() {
        BatchEngine engine = engine();
        String id = completed(engine);
        altered.put("find", answer -> {
            throw BatchEngineException.of(ErrorCode.STORE_CORRUPT, "row 7 is damaged");
        });
        assertCorrupt(() -> engine.batches().get(id));
        assertThat(engine.health().problems())
                .singleElement()
                .asString()
                .contains("damaged")
                .contains("row 7 is damaged");
        machine.advance(Duration.ofHours(1));
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void deletion_that_deletes_nothing_is_not_called_for_ever() {
        BatchEngine engine = engine();
        String id = completed(engine);
        altered.put("delete", answer -> DeleteReply.of(DeleteReply.Kind.MORE, 0));
        assertCorrupt(() -> engine.batches().delete(id));
        assertCorrupt(() -> engine.batches().purge(machine.clock().instant()));
        altered.put("delete", answer -> DeleteReply.of(DeleteReply.Kind.MORE, 1)); // one batch, deleted again and again
        assertCorrupt(() -> engine.batches().delete(id));
    }

    @Test
    void a_list_that_does_not_go_down_is_refused() {
        BatchEngine engine = engine();
        completed(engine);
        completed(engine);
        altered.put("list", answer -> {
            List<StoredBatch> batches = new ArrayList<>(((BatchPage) answer).batches());
            Collections.reverse(batches);
            return new BatchPage(batches, OptionalLong.empty());
        });
        assertCorrupt(() -> engine.batches().list(ListBatches.ALL));
    }

    @Test
    void a_list_of_batches_that_do_not_meet_its_filters_is_refused() {
        BatchEngine engine = engine();
        completed(engine);
        Object all =
                real.list(BatchQuery.builder().projectId(PROJECT).limit(100).build());
        altered.put("list", answer -> all);
        assertThat(engine.batches()
                        .list(ListBatches.ALL.withStatus(BatchStatus.COMPLETED))
                        .items())
                .hasSize(1);
        assertCorrupt(() -> engine.batches().list(ListBatches.ALL.withStatus(BatchStatus.RUNNING)));
        assertCorrupt(() -> engine.batches().list(ListBatches.ALL.withSourceDirectory("dir-b")));
    }

    @Test
    void a_list_of_more_than_was_asked_for_is_refused() {
        BatchEngine engine = engine();
        for (int i = 0; i < 3; i++) {
            completed(engine);
        }
        altered.put(
                "list",
                answer -> real.list(
                        BatchQuery.builder().projectId(PROJECT).limit(100).build()));
        assertCorrupt(() -> engine.batches().list(ListBatches.ALL.withPageSize(1)));
    }

    @Test
    void a_batch_that_was_not_asked_for_is_refused() {
        BatchEngine engine = engine();
        String id = completed(engine);
        String other = completed(engine);
        altered.put("find", answer -> real.find(new BatchKey.ById(PROJECT, other)));
        assertCorrupt(() -> engine.batches().get(id));
        assertThat(engine.batches().get(other).id()).isEqualTo(other);
    }

    @Test
    void a_claim_that_gives_the_same_again_is_not_asked_at_once_for_ever() {
        List<Claimed> given = new ArrayList<>();
        altered.put("claim", answer -> {
            @SuppressWarnings("unchecked")
            List<Claimed> claimed = (List<Claimed>) answer;
            given.addAll(claimed);
            return given.isEmpty() ? claimed : List.of(given.get(0));
        });
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(store())
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.async(job -> new CompletableFuture<Outcome>()))))
                .limits(Limits.DEFAULT.withMaxActiveBatches(1))
                .build();
        var unused = engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(10));
        assertThat(calls).isLessThan(MOST_CALLS);
    }

    @Test
    void a_claim_of_what_was_not_asked_for_is_refused_and_told() {
        altered.put("claim", answer -> {
            @SuppressWarnings("unchecked")
            List<Claimed> claimed = (List<Claimed>) answer;
            return claimed.isEmpty() ? claimed : List.of(claimed.get(0), claimed.get(0));
        });
        BatchEngine engine = engine();
        var unused = engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(10));
        assertThat(calls).isLessThan(MOST_CALLS);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains("twice"));
    }

    @Test
    void who_waits_for_a_batch_that_a_damaged_store_never_gives_is_told() {
        altered.put("claim", answer -> {
            throw BatchEngineException.of(ErrorCode.STORE_CORRUPT, "the index is damaged");
        });
        BatchEngine engine = engine();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        CompletableFuture<Batch> end = engine.batches().completion(id).toCompletableFuture();
        machine.advance(Duration.ofSeconds(10));
        assertThat(calls).isLessThan(MOST_CALLS);
        assertThat(end).isCompletedExceptionally();
        assertThat(engine.batches().progress(id).reason())
                .extracting(StatusReason::code)
                .isEqualTo(StatusReason.Code.STORE_CORRUPT);

        altered.clear();
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.health().problems()).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<FileRecord> files(Object answer) {
        return (List<FileRecord>) answer;
    }

    private BatchEngine engine() {
        return engine(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))));
    }

    private BatchEngine engine(JobFactory factory) {
        return machine.engine()
                .sourceDirectory(directory)
                .store(store())
                .jobFactory(factory)
                .build();
    }

    private static JobFactory endless() {
        return TestFactories.creating(request -> JobCreation.created(Job.async(job -> new CompletableFuture<>())));
    }

    private String completed(BatchEngine engine) {
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        return id;
    }

    /** A running batch whose engine has died, with settled and unsettled files. */
    private String leftBehind() {
        ManualMachine.Simulated process = machine.process();
        BatchEngine engine = process.engine(2)
                .sourceDirectory(directory)
                .store(store())
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        request.ordinal() > 0 && request.ordinal() <= DONE
                                ? Job.blocking(job -> Outcome.succeeded())
                                : Job.async(job -> new CompletableFuture<>()))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advanceUntil(() -> engine.batches().progress(id).counts().succeeded() == DONE);
        process.kill();
        calls = 0;
        return id;
    }

    private static void assertCorrupt(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
    }

    private BatchStore store() {
        return (BatchStore) Proxy.newProxyInstance(
                BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, called, args) -> {
                    if (++calls > 100_000) {
                        throw new AssertionError("the engine spins");
                    }
                    Function<Object[], Object> other = replaced.get(called.getName());
                    if (other != null) {
                        return other.apply(args);
                    }
                    try {
                        Object answer = called.invoke(real, args);
                        return altered.getOrDefault(called.getName(), UnaryOperator.identity())
                                .apply(answer);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
