package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.jdbc.kill.AlteredStore.Alteration;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.StoredBatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle of the kill harness can fail: ledgers and stores with one thing wrong are each found out. */
class OracleTest {
    private static final Workload WORKLOAD = new Workload(List.of(
            new PlannedBatch(0, 11, 300, 2, -1, false, -1, 2_000, 0),
            new PlannedBatch(1, 12, 200, 3, 0, false, -1, 2_000, 0),
            new PlannedBatch(2, 13, 60, 1, -1, true, -1, 2_000, 0)));

    private static final InMemoryBatchStore STORE = new InMemoryBatchStore();
    private static final List<LedgerLine> LINES = new ArrayList<>();

    @BeforeAll
    static void runs_the_workload() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Pipe pipe = new Pipe(bytes);
        PlannedJobs jobs = new PlannedJobs(WORKLOAD, pipe);
        try (BatchEngine engine = BatchEngine.builder()
                .store(STORE)
                .sourceDirectory(new PlannedDirectory(WORKLOAD))
                .jobFactory(jobs)
                .listener(new TellingListener(pipe, jobs))
                .defaultProject(Workload.PROJECT)
                .build()) {
            for (PlannedBatch plan : WORKLOAD.batches()) {
                String id = engine.batches()
                        .create(CreateBatch.of(plan.directoryId(), Workload.TYPE, "cfg-x")
                                .withOptions(plan.options())
                                .withIdempotencyKey(plan.key()))
                        .id();
                pipe.say(new LedgerLine.Created(plan.index(), id));
                if (plan.cancelAfter() >= 0) {
                    engine.batches().cancel(id);
                    pipe.say(new LedgerLine.CancelAsked(plan.index(), id));
                }
                engine.batches().await(id, Duration.ofMinutes(1));
            }
        }
        bytes.toString(StandardCharsets.UTF_8).lines().map(LedgerLine::parse).forEach(LINES::add);
    }

    @Test
    void a_run_without_a_fault_is_clean() {
        KillViolations violations = new KillViolations();
        audit(new AlteredStore(STORE, Alteration.NONE), LINES, violations);

        assertThat(violations.all()).isEmpty();
        assertThat(LINES).hasSizeGreaterThan(600).hasAtLeastOneElementOfType(LedgerLine.Counted.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongStores")
    void a_wrong_store_is_found_out(String rule, Alteration alteration) {
        KillViolations violations = new KillViolations();
        audit(new AlteredStore(STORE, alteration), LINES, violations);

        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith(rule));
    }

    static Stream<Arguments> wrongStores() {
        return Stream.of(
                Arguments.of("I3: 300 files", Alteration.file(file -> file.ordinal() == 7 ? null : file)),
                Arguments.of("I1: ", Alteration.file(file -> file.ordinal() == 7 ? null : file)),
                Arguments.of("I4: ", Alteration.file(file -> file.ordinal() == 299 ? null : file)),
                Arguments.of("I1: ", Alteration.files(OracleTest::firstTwice)),
                Arguments.of(
                        "I1: the directory",
                        Alteration.file(file ->
                                FileRecord.of(file.batchId(), file.ordinal(), "x", file.settled(), file.delayed()))),
                Arguments.of(
                        "I1: the directory",
                        Alteration.file(file ->
                                FileRecord.of("x", file.ordinal(), file.fileId(), file.settled(), file.delayed()))),
                Arguments.of("I3: FileRecord", Alteration.settled(7, settled -> null)),
                Arguments.of("I3: FileRecord", Alteration.settled(7, OracleTest::otherOutcome)),
                Arguments.of(
                        "I3: FileRecord",
                        Alteration.settled(7, one -> one.toBuilder().attempts(9).build())),
                Arguments.of("I10: ", Alteration.settled(7, OracleTest::otherOutcome)),
                Arguments.of(
                        "I10: ",
                        Alteration.settled(
                                7, one -> one.toBuilder().message("another").build())),
                Arguments.of(
                        "I10: ",
                        Alteration.settled(
                                7, one -> one.toBuilder().jobId("kil-another").build())),
                Arguments.of("I4: ", counts(FileCounts.builder().succeeded(1).build())),
                Arguments.of("I4: ", counts(FileCounts.builder().listed(1).build())),
                Arguments.of("I5: ", Alteration.state(state -> state.toBuilder().listingEnded(false))),
                Arguments.of("I5: ", Alteration.state(state -> state.toBuilder().status(BatchStatus.CANCELLED))),
                Arguments.of(
                        "I3: bat-", Alteration.state(state -> state.toBuilder().status(BatchStatus.RUNNING))),
                Arguments.of(
                        "I15: ", Alteration.state(state -> state.toBuilder().status(BatchStatus.RUNNING))),
                Arguments.of("I6: ", Alteration.state(state -> state.toBuilder().finishedAt(Instant.EPOCH))),
                Arguments.of("I6: ", Alteration.state(state -> state.toBuilder().updatedAt(Instant.EPOCH))),
                Arguments.of(
                        "I3: the cancel",
                        Alteration.state(1, state -> state.toBuilder().status(BatchStatus.COMPLETED))),
                Arguments.of(
                        "I3: the cancel",
                        Alteration.state(1, state -> state.toBuilder().status(BatchStatus.RUNNING))
                                .and(Alteration.state(
                                        1, state -> state.toBuilder().cancelRequested(false)))),
                Arguments.of("I3: key-0 was acknowledged", Alteration.batch(0, batch -> null)),
                Arguments.of("I3: key-0 was bat-", Alteration.batch(0, OracleTest::otherId)),
                Arguments.of(
                        "3 batches by key, 6",
                        Alteration.listed(list ->
                                Stream.concat(list.stream(), list.stream()).toList())),
                Arguments.of("3 batches by key, 2", Alteration.listed(list -> list.subList(0, 2))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongChanges")
    void a_wrong_change_between_two_audits_is_found_out(String rule, Alteration before, Alteration after) {
        KillViolations violations = new KillViolations();
        Ledger ledger = new Ledger(WORKLOAD, violations);
        Audit audit = new Audit(WORKLOAD, ledger, violations);
        audit.check(new AlteredStore(STORE, before));
        audit.check(new AlteredStore(STORE, after));

        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith(rule));
    }

    static Stream<Arguments> wrongChanges() {
        Alteration none = Alteration.NONE;
        Alteration nextVersion = Alteration.state(state -> state.toBuilder().version(state.version() + 1));
        Alteration later = Alteration.state(
                state -> state.toBuilder().updatedAt(state.updatedAt().plusMillis(1)));
        return Stream.of(
                Arguments.of("I6: ", nextVersion, none),
                Arguments.of("I6: ", none, nextVersion),
                Arguments.of("I6: ", none, later),
                Arguments.of(
                        "I6: ",
                        none,
                        Alteration.state(state -> state.toBuilder().epoch(state.epoch() - 1))),
                Arguments.of(
                        "I2: ",
                        none,
                        Alteration.state(state -> state.toBuilder().status(BatchStatus.PENDING))),
                Arguments.of("I2: ", none, nextVersion.and(later)),
                Arguments.of(
                        "I4: ",
                        none,
                        Alteration.state(state -> state.toBuilder().settledBelow(state.settledBelow() - 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongLines")
    void a_wrong_line_is_found_out(String rule, Consumer<List<LedgerLine>> change) {
        List<LedgerLine> lines = new ArrayList<>(LINES);
        change.accept(lines);
        KillViolations violations = new KillViolations();
        audit(new AlteredStore(STORE, Alteration.NONE), lines, violations);

        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith(rule));
    }

    static Stream<Arguments> wrongLines() {
        return Stream.of(
                wrong("I3: life 0: Settled", lines -> lines.add(settled(lines))),
                wrong("I3: FileRecord", lines -> replace(lines, LedgerLine.Settled.class, OracleTest::failed)),
                wrong(
                        "I1: Settled",
                        lines -> replace(lines, LedgerLine.Settled.class, one -> Altered.with(one, "fileId", "x"))),
                wrong("I8: life 0: Started", lines -> lines.add(first(lines, LedgerLine.Started.class))),
                wrong("I8: life 0: Started", lines -> lines.add(started(lines, 2, 1))),
                wrong("I8: life 0: Started", lines -> lines.add(1, started(lines, 9, 1))),
                wrong("I2: bat-", lines -> lines.add(moved(lines, BatchStatus.RUNNING))),
                wrong("I6: life 0: Moved", lines -> lines.add(first(lines, LedgerLine.Moved.class))),
                wrong("I4: life 0", lines -> lines.add(new LedgerLine.Counted(0, id(lines), FileCounts.ZERO))),
                wrong(
                        "I4: life 0",
                        lines -> lines.add(
                                0,
                                new LedgerLine.Counted(
                                        0,
                                        id(lines),
                                        FileCounts.builder()
                                                .listed(1)
                                                .succeeded(2)
                                                .build()))),
                wrong("key-0 names two batches", lines -> lines.add(new LedgerLine.Created(0, "bat-other"))),
                wrong("I3: the cancel request", lines -> lines.add(new LedgerLine.CancelAsked(0, id(lines)))));
    }

    @Test
    void two_lives_in_one_epoch_are_found_out() {
        KillViolations violations = new KillViolations();
        Ledger ledger = new Ledger(WORKLOAD, violations);
        ledger.accept(1, new LedgerLine.Started(0, "bat-x", 1, 1, 5));
        ledger.accept(2, new LedgerLine.Started(0, "bat-x", 2, 1, 5));

        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith("I7: "));
    }

    @Test
    void a_start_after_the_end_in_a_later_life_is_found_out_and_one_of_a_stale_epoch_is_counted() {
        KillViolations violations = new KillViolations();
        Ledger ledger = new Ledger(WORKLOAD, violations);
        String name = WORKLOAD.batches().get(0).fileId(1);
        ledger.accept(1, new LedgerLine.Settled(0, "bat-x", 1, name, FileOutcome.SUCCEEDED, 1, 5));
        ledger.accept(2, new LedgerLine.Started(0, "bat-x", 1, 1, 4));
        assertThat(violations.all()).isEmpty();
        assertThat(ledger.staleStarts()).isEqualTo(1);

        ledger.accept(3, new LedgerLine.Started(0, "bat-x", 1, 1, 6));
        assertThat(violations.count(KillViolations.Kind.DOUBLED)).isEqualTo(1);
    }

    @Test
    void a_copy_without_what_was_acknowledged_before_it_was_begun_is_found_out() {
        AlteredStore lacking = new AlteredStore(STORE, Alteration.settled(7, settled -> null));
        KillViolations violations = new KillViolations();
        RecordingLedger ledger = new RecordingLedger(WORKLOAD, violations);
        ledger.accept(0, new LedgerLine.BackingUp("early"));
        LINES.forEach(line -> ledger.accept(0, line));
        ledger.accept(0, new LedgerLine.BackedUp("early"));
        ledger.copied("late");
        assertThat(ledger.copies()).containsExactly("early", "late");

        new Audit(WORKLOAD, ledger.asOf("early"), violations).check(lacking);
        assertThat(violations.all()).noneSatisfy(one -> assertThat(one.what()).startsWith("I3: "));
        new Audit(WORKLOAD, ledger.asOf("late"), violations).check(lacking);
        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith("I3: FileRecord"));
    }

    @Test
    void a_file_that_runs_again_though_the_restored_store_has_its_end_is_found_out() {
        KillViolations violations = new KillViolations();
        RecordingLedger ledger = new RecordingLedger(WORKLOAD, violations);
        ledger.adopt(STORE);
        assertThat(violations.all()).isEmpty();
        ledger.accept(1, started(LINES, 1, 1));
        assertThat(violations.all()).anySatisfy(one -> assertThat(one.what()).startsWith("I8: life 1: Started"));
    }

    private static void audit(AlteredStore store, List<LedgerLine> lines, KillViolations violations) {
        Ledger ledger = new Ledger(WORKLOAD, violations);
        lines.forEach(line -> ledger.accept(0, line));
        new Audit(WORKLOAD, ledger, violations).checkEnd(store);
    }

    private static Arguments wrong(String rule, Consumer<List<LedgerLine>> change) {
        return Arguments.of(rule, change);
    }

    private static <T extends LedgerLine> T first(List<LedgerLine> lines, Class<T> kind) {
        return lines.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst()
                .orElseThrow();
    }

    private static String id(List<LedgerLine> lines) {
        return first(lines, LedgerLine.Created.class).id();
    }

    private static LedgerLine.Settled settled(List<LedgerLine> lines) {
        return first(lines, LedgerLine.Settled.class);
    }

    private static LedgerLine started(List<LedgerLine> lines, int attempt, long epochs) {
        LedgerLine.Started one = first(lines, LedgerLine.Started.class);
        return new LedgerLine.Started(one.batch(), one.id(), one.ordinal(), attempt, one.epoch() + epochs);
    }

    private static <T extends LedgerLine> void replace(List<LedgerLine> lines, Class<T> kind, UnaryOperator<T> change) {
        T one = first(lines, kind);
        lines.set(lines.indexOf(one), change.apply(one));
    }

    private static LedgerLine.Settled failed(LedgerLine.Settled one) {
        FileOutcome other = one.outcome() == FileOutcome.FAILED ? FileOutcome.SUCCEEDED : FileOutcome.FAILED;
        return Altered.with(one, "outcome", other);
    }

    private static SettledFile otherOutcome(SettledFile one) {
        FileOutcome other = one.outcome() == FileOutcome.FAILED ? FileOutcome.SUCCEEDED : FileOutcome.FAILED;
        return one.toBuilder().outcome(other).build();
    }

    private static StoredBatch otherId(StoredBatch batch) {
        return batch.withRequest(batch.request().toBuilder().id("bat-other").build());
    }

    private static Alteration counts(FileCounts more) {
        return Alteration.state(state -> state.toBuilder().counts(state.counts().plus(more)));
    }

    private static List<FileRecord> firstTwice(List<FileRecord> files) {
        return Stream.concat(files.stream().limit(1), files.stream()).toList();
    }

    private static LedgerLine moved(List<LedgerLine> lines, BatchStatus status) {
        LedgerLine.Moved last = lines.stream()
                .filter(LedgerLine.Moved.class::isInstance)
                .map(LedgerLine.Moved.class::cast)
                .filter(line -> line.batch() == 0)
                .max(Comparator.comparing(line -> Instant.parse(line.at())))
                .orElseThrow();
        return new LedgerLine.Moved(
                0, last.id(), status, Instant.parse(last.at()).plusMillis(1).toString());
    }
}
