package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.support.FailingStore;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.OpenJobs;
import io.batchengine.support.RecordingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limits of batches that an engine works on at a time, and what becomes of those that wait for them. */
class ActiveBatchesTest {
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration WHILE = Duration.ofMillis(2_500);
    private static final ProjectLimits NONE = ProjectLimits.NONE;

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final OpenJobs jobs = new OpenJobs();
    private final RecordingListener listener = new RecordingListener();

    private BatchEngine engine(Limits limits) {
        return engine(limits, store);
    }

    private BatchEngine engine(Limits limits, BatchStore on) {
        return machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(jobs.factory())
                .store(on)
                .limits(limits)
                .listener(listener)
                .build();
    }

    private static Limits atMost(int batches) {
        return Limits.DEFAULT.withMaxActiveBatches(batches);
    }

    private static ProjectLimits each(int batches) {
        return NONE.withMaxActiveBatches(batches);
    }

    private List<String> create(BatchEngine engine, String project, int count) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(engine.batches(project).create("dir-a", TYPE, "cfg").id());
            machine.advance(Duration.ofMillis(1));
        }
        return ids;
    }

    private BatchStatus status(BatchEngine engine, String project, String id) {
        return engine.batches(project).get(id).status();
    }

    private static StatusReason reason(BatchEngine engine, String project, String id) {
        return requireNonNull(engine.batches(project).progress(id).reason());
    }

    @Test
    void an_engine_works_on_no_more_batches_than_its_limit_and_takes_the_next_the_moment_one_ends() {
        BatchEngine engine = engine(atMost(2));
        List<String> ids = create(engine, "prj-a", 5);
        machine.advance(WHILE);
        assertThat(jobs.running()).isEqualTo(ids.subList(0, 2));
        assertThat(engine.health().activeBatches()).isEqualTo(2);
        for (int i = 0; i < 3; i++) {
            jobs.end(ids.get(i));
            machine.advance(MOMENT);
            assertThat(jobs.running()).isEqualTo(ids.subList(i + 1, i + 3));
        }
        jobs.endAll();
        machine.advance(MOMENT);
        assertThat(ids).allMatch(id -> status(engine, "prj-a", id) == BatchStatus.COMPLETED);
        assertThat(jobs.started()).isEqualTo(ids);
    }

    @Test
    void a_project_is_given_no_more_than_its_limit_and_others_are_not_held_up_by_it() {
        BatchEngine engine = engine(Limits.DEFAULT
                .withEachProject(each(3))
                .withProject("prj-a", each(1))
                .withProject("prj-c", NONE));
        List<String> a = create(engine, "prj-a", 3);
        List<String> b = create(engine, "prj-b", 5);
        List<String> c = create(engine, "prj-c", 5);
        machine.advance(WHILE);
        assertThat(jobs.running())
                .contains(a.get(0))
                .containsAll(b.subList(0, 3))
                .containsAll(c)
                .hasSize(9);
        assertThat(a.subList(1, 3)).allMatch(id -> status(engine, "prj-a", id) == BatchStatus.THROTTLED);
        jobs.end(a.get(0));
        jobs.end(b.get(1));
        machine.advance(MOMENT);
        assertThat(jobs.running()).contains(a.get(1), b.get(3)).doesNotContain(a.get(2), b.get(4));
    }

    @Test
    void what_waits_in_one_project_is_taken_up_at_once_whatever_many_there_are() {
        BatchEngine filling = engine(atMost(0));
        List<String> a = create(filling, "prj-a", 300);
        List<String> b = create(filling, "prj-b", 600);
        machine.advance(MOMENT);
        filling.setLimits(Limits.DEFAULT.withProject("prj-a", each(2)));
        machine.advance(MOMENT);
        assertThat(jobs.running()).containsAll(a.subList(0, 2)).containsAll(b).hasSize(602);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void zero_holds_all_and_raising_it_starts_them_at_once(boolean ofProject) {
        Limits none = ofProject ? Limits.DEFAULT.withEachProject(each(0)) : atMost(0);
        BatchEngine engine = engine(none);
        List<String> ids = create(engine, "prj-a", 2);
        machine.advance(WHILE);
        assertThat(jobs.started()).isEmpty();
        assertThat(engine.health().activeBatches()).isZero();
        StatusReason reason = reason(engine, "prj-a", ids.get(0));
        assertThat(reason.code())
                .isEqualTo(
                        ofProject
                                ? StatusReason.Code.PROJECT_ACTIVE_BATCHES_LIMIT
                                : StatusReason.Code.ENGINE_ACTIVE_BATCHES_LIMIT);
        assertThat(reason.message()).endsWith("as it may: 0");
        engine.setLimits(Limits.DEFAULT);
        machine.run();
        assertThat(jobs.running()).isEqualTo(ids);
        jobs.endAll();
        machine.advance(MOMENT);
        assertThat(ids)
                .allSatisfy(id -> assertThat(listener.statuses(id))
                        .containsExactly(
                                BatchStatus.PENDING,
                                BatchStatus.THROTTLED,
                                BatchStatus.RUNNING,
                                BatchStatus.COMPLETED));
        assertThat(engine.batches("prj-a").progress(ids.get(0)).reason()).isNull();
    }

    @Test
    void a_lowered_limit_stops_nothing_and_lets_nothing_new_start() {
        BatchEngine engine = engine(atMost(3));
        List<String> ids = create(engine, "prj-a", 5);
        engine.setLimits(atMost(1));
        machine.advance(WHILE);
        assertThat(jobs.running()).isEqualTo(ids.subList(0, 3));
        jobs.end(ids.get(0));
        jobs.end(ids.get(1));
        machine.advance(WHILE);
        assertThat(jobs.running()).containsExactly(ids.get(2));
        jobs.end(ids.get(2));
        machine.advance(MOMENT);
        assertThat(jobs.running()).containsExactly(ids.get(3));
    }

    @Test
    void a_limit_that_is_lowered_while_the_store_is_asked_holds_for_the_answer() {
        BatchEngine[] engine = new BatchEngine[1];
        boolean[] lower = new boolean[1];
        BatchStore asked = new FailingStore(store, call -> {
            if (call.equals("claim") && lower[0]) {
                lower[0] = false;
                engine[0].setLimits(atMost(0));
                machine.run();
            }
            return FailingStore.Fault.NONE;
        });
        engine[0] = engine(atMost(3), asked);
        machine.run();
        lower[0] = true;
        String id = create(engine[0], "prj-a", 1).get(0);
        machine.advance(MOMENT);
        assertThat(lower[0]).isFalse();
        assertThat(jobs.started()).isEmpty();
        engine[0].setLimits(atMost(1));
        machine.advance(MOMENT);
        assertThat(jobs.running()).containsExactly(id);
    }

    @Test
    void a_waiting_batch_is_marked_after_a_second_and_its_reason_is_told_by_every_engine() {
        BatchEngine engine = engine(atMost(1));
        BatchEngine other = machine.engine()
                .sourceDirectory(new ListedDirectory())
                .store(store)
                .jobFactory(jobs.factory())
                .limits(atMost(0))
                .build();
        List<String> ids = create(engine, "prj-a", 2);
        String waiting = ids.get(1);
        machine.advance(Duration.ofMillis(900));
        assertThat(status(engine, "prj-a", waiting)).isEqualTo(BatchStatus.PENDING);
        machine.advance(Duration.ofMillis(1_200));
        assertThat(status(engine, "prj-a", waiting)).isEqualTo(BatchStatus.THROTTLED);
        StatusReason reason = reason(other, "prj-a", waiting);
        assertThat(reason.code()).isEqualTo(StatusReason.Code.ENGINE_ACTIVE_BATCHES_LIMIT);
        assertThat(reason.message()).startsWith("the engine works on as many batches as it may: ");
        assertThat(reason.until()).isNull();
        jobs.end(ids.get(0));
        machine.advance(MOMENT);
        assertThat(status(engine, "prj-a", waiting)).isEqualTo(BatchStatus.RUNNING);
        assertThat(other.batches("prj-a").progress(waiting).reason()).isNull();
    }

    @Test
    void a_batch_that_is_taken_up_within_a_second_is_never_marked() {
        BatchEngine engine = engine(atMost(1));
        for (int i = 0; i < 20; i++) {
            List<String> ids = create(engine, "prj-a", 2);
            machine.advance(Duration.ofMillis(450));
            jobs.end(ids.get(0));
            machine.advance(Duration.ofMillis(450));
            jobs.end(ids.get(1));
            machine.advance(MOMENT);
            assertThat(listener.statuses(ids.get(1)))
                    .containsExactly(BatchStatus.PENDING, BatchStatus.RUNNING, BatchStatus.COMPLETED);
        }
    }

    @Test
    void a_waiting_batch_is_claimed_once_to_be_marked_and_not_again() {
        BatchEngine engine = engine(Limits.DEFAULT.withEachProject(each(0)).withProject("prj-b", each(1)));
        List<String> unknown = create(engine, "prj-a", 3);
        List<String> named = create(engine, "prj-b", 2);
        machine.advance(Duration.ofMinutes(1));
        assertThat(jobs.running()).containsExactly(named.get(0));
        List<String> waiting = new ArrayList<>(unknown);
        waiting.add(named.get(1));
        assertThat(waiting).allSatisfy(id -> {
            BatchState state = store.find(new BatchKey.ById(id.equals(named.get(1)) ? "prj-b" : "prj-a", id))
                    .orElseThrow()
                    .state();
            assertThat(state.status()).isEqualTo(BatchStatus.THROTTLED);
            assertThat(state.epoch()).isEqualTo(1);
            assertThat(state.version()).isEqualTo(2);
            assertThat(state.owner()).isNull();
            assertThat(state.crashes()).isZero();
            assertThat(listener.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.THROTTLED);
        });
    }

    @Test
    void batches_that_wait_are_cancelled_though_there_is_no_room() {
        BatchEngine engine = engine(atMost(1));
        List<String> ids = create(engine, "prj-a", 4);
        machine.advance(Duration.ofMillis(100));
        engine.batches("prj-a").cancel(ids.get(1));
        machine.advance(MOMENT);
        assertThat(status(engine, "prj-a", ids.get(1))).isEqualTo(BatchStatus.CANCELLED);
        machine.advance(WHILE);
        assertThat(status(engine, "prj-a", ids.get(2))).isEqualTo(BatchStatus.THROTTLED);
        engine.batches("prj-a").cancel(ids.get(2));
        machine.advance(MOMENT);
        assertThat(listener.statuses(ids.get(2)))
                .containsExactly(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.CANCELLED);
        assertThat(jobs.running()).containsExactly(ids.get(0));
    }

    @Test
    void any_number_of_waiting_batches_is_cancelled_by_an_engine_that_works_on_none() {
        BatchEngine engine = engine(atMost(0));
        List<String> ids = create(engine, "prj-a", 700);
        ids.forEach(id -> engine.batches("prj-a").cancel(id));
        machine.advance(MOMENT);
        assertThat(ids).allMatch(id -> status(engine, "prj-a", id) == BatchStatus.CANCELLED);
        assertThat(jobs.started()).isEmpty();
    }

    @Test
    void what_one_engine_does_not_admit_another_takes() {
        BatchEngine full = engine(atMost(0));
        BatchEngine free = engine(Limits.DEFAULT);
        List<String> ids = create(full, "prj-a", 3);
        machine.advance(Duration.ofMillis(1_100));
        assertThat(jobs.running()).isEqualTo(ids);
        assertThat(free.health().activeBatches()).isEqualTo(3);
    }

    @Test
    void what_was_marked_is_open_to_another_engine() {
        BatchEngine full = engine(atMost(0));
        List<String> ids = create(full, "prj-a", 3);
        machine.advance(WHILE);
        assertThat(ids).allMatch(id -> status(full, "prj-a", id) == BatchStatus.THROTTLED);
        BatchEngine free = engine(Limits.DEFAULT);
        machine.run();
        assertThat(jobs.running()).isEqualTo(ids);
        assertThat(free.health().activeBatches()).isEqualTo(3);
    }

    @Test
    void limits_are_kept_and_nobody_starves_while_they_change_at_random() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            ManualMachine any = new ManualMachine(random);
            OpenJobs open = new OpenJobs();
            InMemoryBatchStore shared = new InMemoryBatchStore(any::nanos);
            BatchEngine engine = any.engine()
                    .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                    .jobFactory(open.factory())
                    .store(shared)
                    .limits(atMost(2))
                    .build();
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                switch (random.nextInt(4)) {
                    case 0, 1 ->
                        ids.add(engine.batches("prj-" + random.nextInt(3))
                                .create("dir-a", TYPE, "cfg")
                                .id());
                    case 2 -> open.running().stream().findFirst().ifPresent(open::end);
                    default -> {
                        int before = engine.health().activeBatches();
                        int now = random.nextInt(4);
                        engine.setLimits(atMost(now).withEachProject(each(random.nextInt(3))));
                        any.run();
                        assertThat(engine.health().activeBatches()).isLessThanOrEqualTo(Math.max(before, now));
                    }
                }
                any.advance(Duration.ofMillis(random.nextInt(800)));
            }
            engine.setLimits(atMost(2).withEachProject(each(1)));
            for (int i = 0; i < ids.size() + 1; i++) {
                any.advance(MOMENT);
                assertThat(open.running()).hasSizeLessThanOrEqualTo(4);
                open.endAll();
            }
            any.advance(MOMENT);
            assertThat(open.started()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(engine.health().activeBatches()).isZero();
        }
    }
}
