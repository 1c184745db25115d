package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.limits.Limits;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.support.FailingStore;
import io.batchengine.support.FailingStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.OpenJobs;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens while waiting batches are marked: none is lost, none is held, none is told twice. */
class MarkingTest {
    private static final String PROJECT = "prj-default";
    private static final Duration MARKED = Duration.ofMillis(2_500);
    private static final Limits HELD = Limits.DEFAULT.withMaxActiveBatches(0);

    /** One run: two batches that an engine does not admit, over a store that does something at a call. */
    private static final class Scene {
        final ManualMachine machine = new ManualMachine();
        final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        final OpenJobs jobs = new OpenJobs();
        final RecordingListener listener = new RecordingListener();
        final ManualMachine.Simulated process = machine.process();
        final List<String> ids = new ArrayList<>();
        final BatchEngine engine;
        int calls;

        Scene(FailingStore.Faults faults) {
            engine = build(process.engine(2), new FailingStore(store, faults), HELD);
            machine.run();
            for (int i = 0; i < 2; i++) {
                ids.add(engine.batches().create("dir-a", TYPE, "cfg").id());
            }
            machine.advance(Duration.ofMillis(900));
        }

        BatchEngine build(BatchEngineBuilder builder, BatchStore on, Limits limits) {
            return builder.sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                    .jobFactory(jobs.factory())
                    .store(on)
                    .limits(limits)
                    .listener(listener)
                    .build();
        }

        /** Another engine, without limits, ends all. */
        void endedByAnother() {
            BatchEngine other = build(machine.engine(), store, Limits.DEFAULT);
            machine.advance(Duration.ofMinutes(1));
            jobs.endAll();
            machine.advance(Duration.ofMillis(20));
            assertThat(states()).allMatch(state -> state.status() == BatchStatus.COMPLETED);
            assertThat(jobs.started()).containsExactlyInAnyOrderElementsOf(ids);
            other.closeAsync(Duration.ZERO);
        }

        List<BatchState> states() {
            return ids.stream().map(this::state).toList();
        }

        BatchState state(String id) {
            return store.find(new BatchKey.ById(PROJECT, id)).orElseThrow().state();
        }

        long told(String id, BatchStatus status) {
            return listener.statuses(id).stream().filter(status::equals).count();
        }
    }

    /** A scene in which something happens at one call of the store from when batches are about to be marked on. */
    private static Scene at(int call, Consumer<String> happens, Fault fault) {
        Scene[] scene = new Scene[1];
        scene[0] = new Scene(name -> {
            Scene now = scene[0];
            if (now == null || name.equals("create") || ++now.calls != call) {
                return Fault.NONE;
            }
            happens.accept(name);
            return fault;
        });
        return scene[0];
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_call_that_fails_loses_and_holds_nothing_and_tells_nothing_twice(Fault fault) {
        Set<String> failed = new HashSet<>();
        for (int call = 1; call <= 12; call++) {
            Scene scene = at(call, failed::add, fault);
            scene.machine.advance(Duration.ofSeconds(20));
            assertThat(scene.calls).isGreaterThan(12);
            assertThat(scene.states()).as("call %d", call).allSatisfy(state -> {
                assertThat(state.status()).isEqualTo(BatchStatus.THROTTLED);
                assertThat(state.owner()).isNull();
                assertThat(state.crashes()).isZero();
            });
            assertThat(scene.ids).allMatch(id -> scene.told(id, BatchStatus.THROTTLED) == 1);
            scene.endedByAnother();
        }
        assertThat(failed).contains("claim", "commit", "renew");
    }

    @Test
    void what_a_job_factory_puts_off_once_it_is_taken_up_changes_its_status_again_after_a_second() {
        ManualMachine machine = new ManualMachine();
        RecordingListener listener = new RecordingListener();
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(TestFactories.creating(request -> JobCreation.notNow(Duration.ofSeconds(30))))
                .limits(HELD)
                .listener(listener)
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(MARKED);
        engine.setLimits(Limits.DEFAULT);
        machine.advance(Duration.ofMillis(900));
        assertThat(listener.statuses(id))
                .containsExactly(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.RUNNING);
        machine.advance(Duration.ofMillis(200));
        assertThat(listener.statuses(id)).hasSize(4).endsWith(BatchStatus.THROTTLED);
        StatusReason reason = engine.batches().progress(id).reason();
        assertThat(reason).isNotNull();
        assertThat(reason.code()).isEqualTo(StatusReason.Code.BACK_PRESSURE);
    }

    @Test
    void an_engine_that_is_closed_at_any_call_gives_back_what_it_holds() {
        Set<String> closedAt = new HashSet<>();
        for (int call = 1; call <= 6; call++) {
            Scene[] scene = new Scene[1];
            List<CompletionStage<CloseReport>> closing = new ArrayList<>();
            scene[0] = at(
                    call,
                    name -> {
                        closedAt.add(name);
                        closing.add(scene[0].engine.closeAsync(Duration.ofSeconds(30)));
                        scene[0].machine.run(); // whatever can go on while the store takes its time
                    },
                    Fault.NONE);
            scene[0].machine.advance(Duration.ofSeconds(5));
            assertThat(closing.get(0).toCompletableFuture()).isCompletedWithValueMatching(CloseReport::clean);
            assertThat(scene[0].states()).as("call %d", call).allMatch(state -> state.owner() == null);
            scene[0].endedByAnother();
        }
        assertThat(closedAt).contains("claim", "commit", "renew");
    }

    @Test
    void an_engine_that_is_killed_at_any_call_leaves_all_to_another() {
        Set<String> killedAt = new HashSet<>();
        for (int call = 1; call <= 6; call++) {
            Scene[] scene = new Scene[1];
            scene[0] = at(
                    call,
                    name -> {
                        killedAt.add(name);
                        scene[0].process.kill();
                    },
                    Fault.NONE);
            scene[0].machine.advance(Duration.ofSeconds(5));
            scene[0].endedByAnother();
        }
        assertThat(killedAt).contains("claim", "commit", "renew");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "renew"})
    void a_batch_is_cancelled_at_once_though_it_is_being_marked(String at) {
        Scene[] scene = new Scene[1];
        List<String> cancelled = new ArrayList<>();
        scene[0] = new Scene(name -> {
            Scene now = scene[0];
            if (now != null && name.equals(at) && cancelled.isEmpty()) {
                cancelled.add(now.ids.get(0));
                now.engine.batches().cancel(now.ids.get(0));
                now.machine.run();
            }
            return Fault.NONE;
        });
        scene[0].machine.advanceUntil(() -> !cancelled.isEmpty());
        scene[0].machine.advance(Duration.ofMillis(20));
        assertThat(scene[0].state(cancelled.get(0)).status()).isEqualTo(BatchStatus.CANCELLED);
        assertThat(scene[0].listener.statuses(cancelled.get(0)))
                .containsExactly(BatchStatus.PENDING, BatchStatus.THROTTLED, BatchStatus.CANCELLED);
        assertThat(scene[0].state(scene[0].ids.get(1)).status()).isEqualTo(BatchStatus.THROTTLED);
        assertThat(scene[0].jobs.started()).isEmpty();
    }

    @Test
    void a_limit_that_is_raised_while_batches_are_marked_starts_them_at_once() {
        Scene[] scene = new Scene[1];
        boolean[] raised = new boolean[1];
        scene[0] = new Scene(name -> {
            Scene now = scene[0];
            if (now != null && name.equals("commit") && !raised[0]) {
                raised[0] = true;
                now.engine.setLimits(Limits.DEFAULT);
                now.machine.run();
            }
            return Fault.NONE;
        });
        scene[0].machine.advanceUntil(() -> raised[0]);
        scene[0].machine.advance(Duration.ofMillis(20));
        assertThat(scene[0].jobs.running()).isEqualTo(scene[0].ids);
    }

    @Test
    void a_batch_that_another_engine_took_over_meanwhile_is_left_to_it() {
        Scene[] scene = new Scene[1];
        boolean[] taken = new boolean[1];
        scene[0] = new Scene(name -> {
            Scene now = scene[0];
            if (now != null && name.equals("commit") && !taken[0]) {
                taken[0] = true;
                now.machine.spend(Duration.ofMinutes(1)); // its lease lapses
                now.store.claim(ClaimRequest.builder()
                        .owner("another")
                        .claimToken(7)
                        .lease(Duration.ofHours(1))
                        .types(Set.of(TYPE))
                        .limit(9)
                        .at(now.machine.clock().instant())
                        .build());
            }
            return Fault.NONE;
        });
        scene[0].machine.advance(MARKED.plusMinutes(3));
        assertThat(scene[0].engine.health().refusedWrites()).isEqualTo(2);
        assertThat(scene[0].states()).allSatisfy(state -> {
            assertThat(state.owner()).isEqualTo("another");
            assertThat(state.status()).isEqualTo(BatchStatus.PENDING);
        });
        assertThat(scene[0].listener.statuses(scene[0].ids.get(0))).containsExactly(BatchStatus.PENDING);
    }

    @Test
    void a_batch_whose_creation_is_not_answered_yet_is_told_as_pending_first() {
        ManualMachine machine = new ManualMachine();
        InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
        RecordingListener listener = new RecordingListener();
        Set<String> asked = new HashSet<>(); // stored, and the creation not answered
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(new OpenJobs().factory())
                .store(new FailingStore(store, call -> {
                    if (call.equals("find") && asked.add(call)) {
                        machine.advance(Duration.ofSeconds(5));
                    }
                    return call.equals("create") ? Fault.AFTER : Fault.NONE;
                }))
                .limits(HELD)
                .listener(listener)
                .build();
        machine.run();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(MARKED);
        assertThat(listener.statuses(id)).containsExactly(BatchStatus.PENDING, BatchStatus.THROTTLED);
        assertThat(Stream.of(store.find(new BatchKey.ById(PROJECT, id)).orElseThrow())
                        .map(batch -> batch.state().owner()))
                .containsOnlyNulls();
    }
}
