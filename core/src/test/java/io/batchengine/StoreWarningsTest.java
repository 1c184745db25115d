package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a store warns of is a problem of the engine's health, and a store that can't say so is one too. */
class StoreWarningsTest {
    private final ManualMachine machine = new ManualMachine();

    @Test
    void health_names_what_the_store_warns_of_until_it_is_over() {
        String[] warning = {"the log has 480 MB\u202e"};
        BatchEngine engine = engine(() -> warning[0] == null ? List.of() : List.of(warning[0]));
        assertThat(engine.health().problems()).containsExactly("the log has 480 MB\\u202e");
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.DEGRADED);
        warning[0] = null;
        assertThat(engine.health().problems()).isEmpty();
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UP);
    }

    @Test
    void what_a_store_notes_is_shown_and_degrades_nothing() {
        BatchEngine engine = engine("notes", () -> List.of("it keeps no checksums"));
        assertThat(engine.health().notes()).containsExactly("it keeps no checksums");
        assertThat(engine.health().problems()).isEmpty();
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UP);
    }

    @Test
    void health_answers_whatever_the_store_does() {
        BatchEngine throwing = engine(() -> {
            throw new IllegalStateException("broken");
        });
        assertThat(throwing.health().problems()).singleElement().asString().contains("broken");
        BatchEngine silent = engine(() -> null);
        assertThat(silent.health().problems()).hasSize(1);
        BatchEngine hollow = engine(() -> Arrays.asList((String) null));
        assertThat(hollow.health().problems()).hasSize(1);
    }

    private BatchEngine engine(Supplier<List<String>> warnings) {
        return engine("warnings", warnings);
    }

    private BatchEngine engine(String asked, Supplier<List<String>> told) {
        BatchStore real = new InMemoryBatchStore(machine::nanos);
        BatchStore store = (BatchStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {BatchStore.class},
                (proxy, method, arguments) ->
                        method.getName().equals(asked) ? told.get() : method.invoke(real, arguments));
        return machine.engine()
                .sourceDirectory(new ListedDirectory())
                .store(store)
                .jobFactory(TestFactories.creating(
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()))))
                .build();
    }
}
