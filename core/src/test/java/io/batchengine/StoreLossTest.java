package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is lost answers nothing any more: nothing starts, who waits is told, and the engine closes. */
class StoreLossTest {
    private final ManualMachine machine = new ManualMachine();
    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private boolean lost;
    private int lostAtStart;
    private String first = ""; // the only call that fails, once; empty: all fail

    @Test
    void who_waits_is_told_nothing_starts_and_the_engine_closes_at_once() {
        BatchEngine engine = engine(new ListedDirectory().generating("dir-a", 5_000), Outcome.succeeded());
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        CompletionStage<Batch> end = engine.batches().completion(id);
        lostAtStart = 50;
        machine.advance(Duration.ofSeconds(30));
        assertLost(() -> await(end));
        assertThat(engine.health().problems()).anyMatch(problem -> problem.contains("the file is gone"));
        int before = starts.get();
        int asked = calls.get();
        machine.advance(Duration.ofHours(1));
        assertThat(starts.get()).isEqualTo(before);
        assertThat(calls.get()).as("calls of the store").isEqualTo(asked);
        assertLost(() -> engine.batches().get(id));
        assertLost(() -> engine.batches().create("dir-a", TYPE, "cfg"));
        assertLost(() -> engine.batches().cancel(id));
        assertCloses(engine);
    }

    /** Whichever call is the first to find out. */
    @ParameterizedTest
    @ValueSource(strings = {"commit", "claim", "renew", "find", "create"})
    void any_call_may_find_out(String method) {
        first = method;
        BatchEngine engine =
                engine(new ListedDirectory().generating("dir-a", 5_000), Outcome.notNow(Duration.ofSeconds(1)));
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        CompletionStage<Batch> end = engine.batches().completion(id);
        lostAtStart = 50;
        machine.advance(Duration.ofMinutes(1));
        switch (method) {
            case "create" -> assertLost(() -> engine.batches().create("dir-a", TYPE, "cfg"));
            case "find" -> assertLost(() -> engine.batches().get(id));
            default -> {}
        }
        machine.run();
        assertLost(() -> await(end));
        assertCloses(engine);
    }

    private void assertCloses(BatchEngine engine) {
        CompletableFuture<CloseReport> closed =
                engine.closeAsync(Duration.ofSeconds(30)).toCompletableFuture();
        machine.advance(Duration.ofSeconds(1));
        assertThat(closed).isCompletedWithValueMatching(CloseReport::clean);
    }

    private static Object await(CompletionStage<Batch> end) {
        try {
            return end.toCompletableFuture().getNow(null);
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private BatchEngine engine(ListedDirectory directory, Outcome outcome) {
        BatchStore real = new InMemoryBatchStore(machine::nanos);
        BatchStore store = (BatchStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("warnings")
                            && !method.getName().equals("close")) {
                        calls.incrementAndGet();
                        if (lost && (first.isEmpty() || first.equals(method.getName()))) {
                            first = "";
                            throw BatchEngineException.of(ErrorCode.STORE_LOST, "the file is gone");
                        }
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return machine.engine()
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> {
                    lost |= starts.incrementAndGet() == lostAtStart;
                    machine.spend(Duration.ofMillis(100));
                    return JobCreation.created(Job.blocking(job -> outcome));
                }))
                .build();
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_LOST));
    }
}
