package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.bundled.JobFactories;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.BatchStoreProvider;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.TestFactories;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A builder refuses early, with a message that names the value; plug-ins are found by name. */
class BuilderTest {
    private static final JobFactory FACTORY = JobFactories.blocking(TYPE.name(), "tst-", job -> Outcome.succeeded());
    static final AtomicInteger CLOSED = new AtomicInteger();

    @Test
    void what_is_missing_doubled_or_out_of_range_is_refused() {
        refused(
                "source directory",
                () -> BatchEngine.builder().jobFactory(FACTORY).build());
        refused(
                "job factory",
                () -> BatchEngine.builder()
                        .sourceDirectory(new ListedDirectory())
                        .build());
        refused(
                "two factories",
                () -> BatchEngine.builder()
                        .sourceDirectory(new ListedDirectory())
                        .jobFactory(FACTORY)
                        .jobFactory(FACTORY)
                        .build());
        refused(
                "twice",
                () -> BatchEngine.builder().store(new InMemoryBatchStore()).store(new InMemoryBatchStore()));
        refused("once", () -> BatchEngine.builder().threads(2).executor(Runnable::run, 1));
        refused("threads 0", () -> BatchEngine.builder().threads(0));
        refused("maxInFlight 0", () -> BatchEngine.builder().maxInFlight(0));
        refused("pageSize 100001", () -> BatchEngine.builder().pageSize(100_001));
        refused("PT-1S", () -> BatchEngine.builder().stopGrace(Duration.ofSeconds(-1)));
        refused("PT0.5S", () -> BatchEngine.builder().lease(Duration.ofMillis(500)));
        refused("PT48H", () -> BatchEngine.builder().lease(Duration.ofDays(2)));
        refused("PT0S", () -> BatchEngine.builder().pollInterval(Duration.ZERO));
        refused("pr\\u0000j", () -> BatchEngine.builder().defaultProject("pr\0j"));
        refused(
                "prefix \"a b\"",
                () -> BatchEngine.builder()
                        .sourceDirectory(new ListedDirectory())
                        .jobFactory(JobFactories.blocking("x_v1", "a b", job -> Outcome.succeeded()))
                        .build());
    }

    @Test
    void a_retry_policy_is_refused_twice_for_a_type_and_for_a_type_that_nobody_serves() {
        refused(
                "retry of test_v1 is set twice",
                () -> builder().retry(TYPE, RetryPolicy.NONE).retry(TYPE, RetryPolicy.of(3)));
        refused(
                "job type parse_v2, which no job factory serves; served are [test_v1]",
                () -> builder()
                        .retry(TYPE, RetryPolicy.NONE)
                        .retry(JobType.PARSE_V2, RetryPolicy.of(3))
                        .build());
    }

    @Test
    void virtual_threads_are_refused_where_there_are_none() {
        if (Runtime.version().feature() < 21) {
            refused("need Java 21", () -> BatchEngine.builder().virtualThreads());
        } else {
            assertThat(BatchEngine.builder().virtualThreads()).isNotNull();
        }
    }

    @Test
    void a_store_found_by_name_is_used_and_closed_with_the_engine() {
        int before = CLOSED.get();
        try (BatchEngine engine =
                builder().store("counting", Map.of("size", "3")).build()) {
            String id = engine.batches().create("dir-a", TYPE, "cfg").id();
            assertThat(engine.batches().await(id, Duration.ofSeconds(30)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            assertThat(CLOSED).hasValue(before);
        }
        assertThat(CLOSED).hasValue(before + 1);
    }

    @Test
    void a_store_that_was_given_is_not_closed() {
        int before = CLOSED.get();
        BatchStore given = new Counting().create(Map.of("size", "1"));
        builder().store(given).build().close();
        assertThat(CLOSED).hasValue(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "twin"})
    void a_name_that_is_unknown_or_not_unique_is_refused(String name) {
        assertThatThrownBy(() -> builder().store(name, Map.of()).build())
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_NOT_FOUND))
                .hasMessageContaining("\"" + name + "\"");
    }

    @Test
    void a_provider_that_refuses_fails_the_build_with_its_reason() {
        assertThatThrownBy(
                        () -> builder().store("counting", Map.of("sise", "3")).build())
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("sise");
    }

    @Test
    void the_bundled_source_directory_is_found_by_name(@TempDir Path root) throws Exception {
        Files.createDirectory(root.resolve("inbox"));
        Files.writeString(root.resolve("inbox/a.txt"), "a");
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory("nio", Map.of("root", root.toString()))
                .jobFactory(FACTORY)
                .build()) {
            String id = engine.batches().create("inbox", TYPE, "cfg").id();
            engine.batches().await(id, Duration.ofSeconds(30));
            assertThat(engine.batches().results(id)).hasSize(1);
        }
    }

    private static BatchEngineBuilder builder() {
        return BatchEngine.builder()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a"))
                .jobFactory(TestFactories.creating(request -> FACTORY.create(request)));
    }

    private static void refused(String names, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContaining(names);
    }

    /** Counts how often its stores are closed. */
    public static final class Counting implements BatchStoreProvider {
        @Override
        public String name() {
            return "counting";
        }

        @Override
        public BatchStore create(Map<String, String> properties) {
            if (!properties.keySet().equals(java.util.Set.of("size"))) {
                throw new IllegalArgumentException("unknown settings " + properties.keySet());
            }
            BatchStore store = new InMemoryBatchStore();
            return (BatchStore) Proxy.newProxyInstance(
                    BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (proxy, method, args) -> {
                        if (method.getName().equals("close")) {
                            CLOSED.incrementAndGet();
                        }
                        return method.invoke(store, args);
                    });
        }
    }

    /** One of two providers of one name. */
    public static final class Twin implements BatchStoreProvider {
        @Override
        public String name() {
            return "twin";
        }

        @Override
        public BatchStore create(Map<String, String> properties) {
            return new InMemoryBatchStore();
        }
    }

    /** The other one. */
    public static final class OtherTwin implements BatchStoreProvider {
        @Override
        public String name() {
            return "twin";
        }

        @Override
        public BatchStore create(Map<String, String> properties) {
            return new InMemoryBatchStore();
        }
    }
}
