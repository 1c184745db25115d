package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.PickyStore;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store refuses a commit for what is in it, for ever: the culprit is stored in another form, and nobody else is kept waiting. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // an engine that spins lets no time pass here
class RefusedContentTest {
    private static final String BAD = "\u4e2d\u6587 quote \u2019";

    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory =
            new ListedDirectory().generating("dir-a", 500).generating("dir-b", 40);
    private final RecordingListener seen = new RecordingListener();

    @ParameterizedTest
    @EnumSource
    void a_message_that_the_store_cannot_keep_is_stored_in_ascii_and_all_others_as_they_are(PickyStore.Says says) {
        PickyStore store = new PickyStore(machine::nanos, says).refusingText(PickyStore::isForeign);
        BatchEngine engine =
                engine(store, ordinal -> ordinal == 77 ? BAD : ordinal % 50 == 0 ? "plain " + ordinal : null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        String innocent = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(status(engine, innocent)).isEqualTo(BatchStatus.COMPLETED);
        List<FileRecord> files = store.files(FileQuery.InBatch.of(id, 0, 999, Set.of(), 999));
        for (FileRecord file : files) {
            String message = settled(file).message();
            if (file.ordinal() == 77) {
                assertThat(message)
                        .isEqualTo("\\u4e2d\\u6587 quote \\u2019 (the store could not keep the original text)");
            } else {
                assertThat(message).isEqualTo(file.ordinal() % 50 == 0 ? "plain " + file.ordinal() : null);
            }
        }
        assertThat(seen.settled(id)).hasSize(500).doesNotHaveDuplicates();
        assertThat(engine.health().problems()).isEmpty();
        assertThat(store.refusals()).isLessThan(60);
    }

    @ParameterizedTest
    @EnumSource
    void where_every_message_is_refused_all_are_stored_all_the_same(PickyStore.Says says) {
        PickyStore store = new PickyStore(machine::nanos, says).refusingText(PickyStore::isForeign);
        BatchEngine engine = engine(store, ordinal -> BAD + ordinal);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(5));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).counts().failed()).isEqualTo(500);
        assertThat(store.refusals()).isLessThan(200);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_whose_end_is_refused_whatever_its_texts_fails_its_batch_alone(PickyStore.Says says) {
        PickyStore store = new PickyStore(machine::nanos, says)
                .refusing(commit -> commit.settled().stream().anyMatch(file -> file.ordinal() == 33));
        BatchEngine engine = engine(store, ordinal -> null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.FAILED);
        StatusReason reason = requireNonNull(engine.batches().progress(id).reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.CONTENT_REFUSED);
        assertThat(reason.message()).contains("end of file 33");
    }

    @ParameterizedTest
    @EnumSource
    void where_the_end_of_every_file_is_refused_its_batch_fails_soon(PickyStore.Says says) {
        PickyStore store = new PickyStore(machine::nanos, says)
                .refusing(commit -> !commit.settled().isEmpty());
        BatchEngine engine = engine(store, ordinal -> null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        int seconds = 0;
        while (status(engine, id) != BatchStatus.FAILED && ++seconds < 600) {
            machine.advance(Duration.ofSeconds(1));
        }
        assertThat(seconds).isLessThan(120);
        assertThat(store.refusals()).isLessThan(400);
        assertThat(requireNonNull(engine.batches().progress(id).reason()).message())
                .contains("end of file 0");
    }

    /** A table that is locked, or full, or of which a right is missing: the status can be written, and the ends of files can't. */
    @Test
    void an_outage_that_touches_the_ends_of_files_alone_fails_no_batch_however_long() {
        boolean[] down = {true};
        PickyStore store = new PickyStore(machine::nanos, PickyStore.Says.NOTHING)
                .asAnOutage()
                .refusing(commit -> down[0] && !commit.settled().isEmpty());
        BatchEngine engine = engine(store, ordinal -> ordinal % 7 == 0 ? BAD : null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(30));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.RUNNING);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains("the disk is full"));
        StatusReason reason = requireNonNull(engine.batches().progress(id).reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.STORE_UNAVAILABLE);
        assertThat(store.refusals()).isLessThan(1_500);

        down[0] = false;
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).counts().settled()).isEqualTo(500);
        assertThat(store.files(FileQuery.InBatch.of(id, 0, 999, Set.of(), 999)))
                .filteredOn(file -> settled(file).message() != null)
                .extracting(file -> settled(file).message())
                .containsOnly(BAD);
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void an_outage_that_touches_one_batch_alone_keeps_no_other_waiting_and_is_cancelled_when_it_is_over() {
        String[] down = {""};
        PickyStore store = new PickyStore(machine::nanos, PickyStore.Says.NOTHING)
                .asAnOutage()
                .refusing(commit ->
                        commit.batchId().equals(down[0]) && !commit.settled().isEmpty());
        BatchEngine engine = engine(store, ordinal -> null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        down[0] = id;
        String innocent = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(5));
        assertThat(status(engine, innocent)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(requireNonNull(engine.batches().progress(id).reason()).message())
                .contains("the disk is full");
        var unused = engine.batches().cancel(id);
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.RUNNING);
        down[0] = "";
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.CANCELLED);
        assertThat(engine.batches().progress(id).counts().succeeded()).isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void a_file_id_that_is_refused_fails_the_batch_with_its_name_and_no_other(PickyStore.Says says) {
        directory.with("dir-c", "a", "b", "c-\u4e2d", "d");
        PickyStore store = new PickyStore(machine::nanos, says).refusingText(PickyStore::isForeign);
        BatchEngine engine = engine(store, ordinal -> null);
        String id = engine.batches().create("dir-c", TYPE, "cfg").id();
        String innocent = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, innocent)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(status(engine, id)).isEqualTo(BatchStatus.FAILED);
        StatusReason reason = requireNonNull(engine.batches().progress(id).reason());
        assertThat(reason.code()).isEqualTo(StatusReason.Code.CONTENT_REFUSED);
        assertThat(reason.message()).contains("\"c-\\u4e2d\"");
        assertThat(engine.health().problems()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_whose_texts_are_refused_can_be_cancelled(PickyStore.Says says) {
        String[] refused = {""};
        PickyStore store = new PickyStore(machine::nanos, says)
                .refusing(commit -> commit.batchId().equals(refused[0]));
        BatchEngine engine = engine(store, ordinal -> null);
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        refused[0] = id;
        String innocent = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, innocent)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(status(engine, id)).isEqualTo(BatchStatus.PENDING);
        assertThat(engine.health().problems())
                .anySatisfy(problem -> assertThat(problem).contains(id));
        assertThat(requireNonNull(engine.batches().progress(id).reason()).message())
                .contains(id);
        assertThat(engine.batches().progress(innocent).reason()).isNull();
        int before = store.refusals();
        machine.advance(Duration.ofMinutes(1));
        assertThat(store.refusals() - before).as("refused in a minute").isLessThan(60);
        engine.batches().cancel(id);
        refused[0] = "";
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.CANCELLED);
    }

    @Test
    void a_job_id_that_is_refused_is_stored_in_ascii() {
        PickyStore store = new PickyStore(machine::nanos, PickyStore.Says.NOTHING).refusingText(PickyStore::isForeign);
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(
                        Job.blocking(job -> Outcome.succeeded()),
                        request.proposedJobId().substring(0, 4)
                                + (request.ordinal() == 5 ? "\u4e2d" : "own" + request.ordinal()))))
                .build();
        String id = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.COMPLETED);
        List<FileRecord> files = store.files(FileQuery.InBatch.of(id, 5, 7, Set.of(), 9));
        assertThat(settled(files.get(0)).outcome()).isEqualTo(FileOutcome.SUCCEEDED);
        assertThat(settled(files.get(0)).jobId()).endsWith("\\u4e2d");
        assertThat(settled(files.get(1)).jobId()).endsWith("own6");
    }

    @Test
    void an_outage_of_writes_changes_no_text() {
        boolean[] down = {true};
        PickyStore store = new PickyStore(machine::nanos, PickyStore.Says.NOTHING).refusing(commit -> down[0]);
        BatchEngine engine = engine(store, ordinal -> BAD);
        String id = engine.batches().create("dir-b", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(20));
        down[0] = false;
        machine.advance(Duration.ofMinutes(1));
        assertThat(status(engine, id)).isEqualTo(BatchStatus.COMPLETED);
        assertThat(store.files(FileQuery.InBatch.of(id, 0, 99, Set.of(), 99)))
                .allSatisfy(file -> assertThat(settled(file).message()).isEqualTo(BAD));
    }

    @Test
    void attempts_are_counted_and_spaced() {
        PickyStore store = new PickyStore(machine::nanos, PickyStore.Says.NOTHING).refusing(commit -> true);
        BatchEngine engine = engine(store, ordinal -> null);
        engine.batches().create("dir-b", TYPE, "cfg");
        machine.advance(Duration.ofMinutes(10));
        assertThat(store.refusals()).isBetween(60, 400);
        assertThat(engine.health().problems()).singleElement().asString().contains("attempt " + store.refusals());
    }

    @Test
    void a_creation_that_is_refused_tells_its_caller_so() {
        PickyStore store =
                new PickyStore(machine::nanos, PickyStore.Says.CONTENT_REFUSED).refusingText(PickyStore::isForeign);
        BatchEngine engine = engine(store, ordinal -> null);
        assertThatThrownBy(() -> engine.batches().create("dir-b", TYPE, "cfg-\u4e2d"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CONTENT_REFUSED));
    }

    private BatchEngine engine(PickyStore store, Function<Long, String> failure) {
        return machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .listener(seen)
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    String message = failure.apply(job.ordinal());
                    return message == null ? Outcome.succeeded() : Outcome.failed(message);
                }))))
                .build();
    }

    private static BatchStatus status(BatchEngine engine, String id) {
        Batch batch = engine.batches().get(id);
        return batch.status();
    }

    private static SettledFile settled(FileRecord file) {
        return java.util.Objects.requireNonNull(file.settled());
    }
}
