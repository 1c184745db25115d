package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.RecordingListener;
import io.batchengine.support.TestFactories;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that fails at call n, before or after it has done its work: nothing is lost, nothing counts twice, and it goes on by itself. */
class StoreFaultsTest {
    enum When {
        BEFORE,
        AFTER
    }

    private final ManualMachine machine = new ManualMachine();
    private final ListedDirectory directory = new ListedDirectory().generating("dir-a", 500);

    @ParameterizedTest
    @EnumSource
    void one_failure_at_any_call_changes_nothing(When when) {
        for (int failing = 1; failing < 40; failing++) {
            AtomicInteger calls = new AtomicInteger();
            int at = failing;
            ManualMachine own = new ManualMachine();
            RecordingListener seen = new RecordingListener();
            BatchEngine engine = own.engine()
                    .sourceDirectory(directory)
                    .listener(seen)
                    .store(failing(new InMemoryBatchStore(own::nanos), "", when, () -> calls.incrementAndGet() == at))
                    .jobFactory(TestFactories.creating(
                            request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                    .build();
            String id = create(engine, own);
            own.advance(Duration.ofMinutes(1));
            assertThat(engine.batches().get(id).status())
                    .as("failure %s call %d", when, at)
                    .isEqualTo(BatchStatus.COMPLETED);
            assertThat(engine.batches().progress(id).counts().succeeded()).isEqualTo(500);
            assertThat(seen.settled(id)).hasSize(500).doesNotHaveDuplicates();
            assertThat(engine.health().problems()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "claim"})
    void an_outage_is_named_in_health_fails_no_batch_and_ends_by_itself(String method) {
        boolean[] down = {false};
        BatchEngine engine = good(failing(new InMemoryBatchStore(machine::nanos), method, When.BEFORE, () -> down[0]));
        down[0] = true;
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofMinutes(10));
        assertThat(engine.health().problems()).singleElement().asString().contains("no connection");
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.PENDING);
        assertThat(engine.batches().progress(id).reason()).satisfies(reason -> {
            assertThat(reason.code()).isEqualTo(StatusReason.Code.STORE_UNAVAILABLE);
            assertThat(reason.message()).contains("no connection");
        });
        down[0] = false;
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(engine.batches().progress(id).reason()).isNull();
        assertThat(engine.health().problems()).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_asked_at_growing_intervals() {
        boolean[] down = {false};
        int[] asked = {0};
        BooleanSupplier away = () -> {
            asked[0]++;
            return down[0];
        };
        BatchStore store = new InMemoryBatchStore(machine::nanos);
        BatchEngine engine = good(failing(failing(store, "find", When.BEFORE, away), "commit", When.BEFORE, away));
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        down[0] = true;
        asked[0] = 0;
        machine.advance(Duration.ofMinutes(10));
        assertThat(asked[0]).as("calls in ten minutes").isBetween(5, 400);
        down[0] = false;
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void progress_of_an_own_batch_is_told_while_the_store_can_not_even_be_read() {
        boolean[] down = {false};
        BatchStore store = new InMemoryBatchStore(machine::nanos);
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(failing(
                        failing(store, "find", When.BEFORE, () -> down[0]), "commit", When.BEFORE, () -> down[0]))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> done = new CompletableFuture<>();
                    machine.timer().schedule(() -> done.complete(Outcome.succeeded()), Duration.ofSeconds(10));
                    return done;
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        down[0] = true;
        machine.advance(Duration.ofSeconds(15));
        assertThat(engine.batches().progress(id).reason())
                .extracting(StatusReason::code)
                .isEqualTo(StatusReason.Code.STORE_UNAVAILABLE);
        assertThatThrownBy(() -> engine.batches("prj-other").progress(id))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
        down[0] = false;
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.batches().progress(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_lease_that_can_not_be_renewed_is_named_in_health_and_work_goes_on_when_it_can() {
        boolean[] down = {true};
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(failing(new InMemoryBatchStore(machine::nanos), "renew", When.BEFORE, () -> down[0]))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.async(job -> slow))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(21));
        assertThat(engine.health().problems()).singleElement().asString().contains("lease", "no connection");
        down[0] = false;
        machine.advance(Duration.ofSeconds(10));
        assertThat(engine.health().problems()).isEmpty();
        slow.complete(Outcome.succeeded());
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_take_over_that_can_not_read_waits_until_it_can() {
        boolean[] down = {true};
        InMemoryBatchStore real = new InMemoryBatchStore(machine::nanos);
        BatchEngine first = machine.engine()
                .sourceDirectory(directory)
                .store(real)
                .jobFactory(TestFactories.creating(request -> JobCreation.notNow(Duration.ofHours(1))))
                .build();
        String id = first.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        first.closeAsync(Duration.ofSeconds(10));
        machine.advance(Duration.ofSeconds(1));
        assertThat(real.files(FileQuery.InBatch.of(id, 0, 9, Set.of(), 9))).isNotEmpty();

        BatchEngine second = good(failing(real, "files", When.BEFORE, () -> down[0]));
        machine.advance(Duration.ofMinutes(10));
        assertThat(second.batches().get(id).status().isTerminal()).isFalse();
        assertThat(second.batches().progress(id).counts().settled()).isZero();
        down[0] = false;
        machine.advance(Duration.ofSeconds(10));
        assertThat(second.batches().progress(id).counts().succeeded()).isEqualTo(500);
        assertThat(second.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
    }

    @Test
    void a_slow_store_slows_dispatch_instead_of_filling_memory() {
        boolean[] down = {false};
        AtomicInteger started = new AtomicInteger();
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().generating("dir-a", 1_000_000))
                .store(failing(new InMemoryBatchStore(machine::nanos), "commit", When.BEFORE, () -> down[0]))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    down[0] |= started.incrementAndGet() == 50_000;
                    return Outcome.succeeded();
                }))))
                .build();
        engine.batches().create("dir-a", TYPE, "cfg");
        machine.advance(Duration.ofMinutes(1));
        assertThat(started.get()).isLessThan(50_000 + 40_000);
    }

    /** Each batch has a few recorded pages: together they are more than may wait to be written. */
    @Test
    void a_slow_store_bounds_what_all_batches_together_have_to_write() {
        boolean[] down = {false};
        AtomicInteger started = new AtomicInteger();
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().generating("dir-a", 10_000))
                .store(failing(new InMemoryBatchStore(machine::nanos), "commit", When.BEFORE, () -> down[0]))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    down[0] |= started.incrementAndGet() == 20_000;
                    return Outcome.succeeded();
                }))))
                .build();
        for (int i = 0; i < 40; i++) {
            engine.batches().create("dir-a", TYPE, "cfg");
        }
        machine.advance(Duration.ofMinutes(1));
        assertThat(started.get() - 20_000).isBetween(Tuning.MAX_UNWRITTEN / 2, Tuning.MAX_UNWRITTEN + 2_000);
    }

    @Test
    void a_call_that_meets_an_outage_gets_a_typed_error() {
        BatchEngine engine = machine.engine()
                .sourceDirectory(directory)
                .store(failing(new InMemoryBatchStore(machine::nanos), "create", When.BEFORE, () -> true))
                .jobFactory(TestFactories.creating(request -> JobCreation.refused("no")))
                .build();
        assertThatThrownBy(() -> engine.batches().create("dir-a", TYPE, "cfg"))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("no connection");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "find", "list", "files"})
    void an_answer_of_null_at_a_callers_call_is_an_outage_too(String method) {
        boolean[] down = {false};
        BatchEngine engine = good(answeringNull(new InMemoryBatchStore(machine::nanos), method, () -> down[0]));
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        down[0] = true;
        assertThatThrownBy(() -> call(engine, method, id))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("it answered null");
        down[0] = false;
        call(engine, method, id);
    }

    private static void call(BatchEngine engine, String method, String id) {
        switch (method) {
            case "create" -> engine.batches().create("dir-a", TYPE, "cfg");
            case "find" -> engine.batches().get(id);
            case "list" -> engine.batches().list(ListBatches.ALL);
            case "files" -> engine.batches().results(id, PageRequest.FIRST);
            default -> throw new IllegalArgumentException(method);
        }
    }

    private BatchEngine good(BatchStore store) {
        return machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
    }

    private static String create(BatchEngine engine, ManualMachine machine) {
        CreateBatch request = CreateBatch.of("dir-a", TYPE, "cfg").withIdempotencyKey("once");
        for (int attempt = 0; ; attempt++) {
            try {
                return engine.batches().create(request).id();
            } catch (BatchEngineException unavailable) {
                assertThat(attempt).isLessThan(3);
                machine.advance(Duration.ofSeconds(1));
            }
        }
    }

    /** A store that now and then answers null to a method instead of doing anything. */
    private static BatchStore answeringNull(BatchStore store, String method, BooleanSupplier answersNull) {
        return (BatchStore) Proxy.newProxyInstance(
                BatchStore.class.getClassLoader(),
                new Class<?>[] {BatchStore.class},
                (proxy, called, args) -> called.getName().equals(method) && answersNull.getAsBoolean()
                        ? null
                        : called.invoke(store, args));
    }

    /** A store that fails some calls, of one method or (named by the empty text) of all. */
    private static BatchStore failing(BatchStore store, String method, When when, BooleanSupplier fails) {
        return (BatchStore) Proxy.newProxyInstance(
                BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, called, args) -> {
                    boolean fail = (method.isEmpty() || called.getName().equals(method)) && fails.getAsBoolean();
                    if (fail && when == When.BEFORE) {
                        throw new IllegalStateException("no connection");
                    }
                    try {
                        Object answer = called.invoke(store, args);
                        if (fail) {
                            throw new IllegalStateException("connection lost");
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
