package io.batchengine;

import static io.batchengine.support.Load.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.limits.Limits;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.support.Load;
import io.batchengine.support.Load.Kind;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that a supplier of the user's tells. */
class LimitsSourceTest {
    private static final Limits HELD = Limits.DEFAULT.withMaxInFlight(0);
    private static final Limits TWO = Limits.DEFAULT.withMaxInFlight(2);

    private final ManualMachine machine = new ManualMachine();
    private final Load load = new Load(machine, Kind.ASYNCHRONOUS).taking(Duration.ofSeconds(10));
    private Supplier<Limits> answer = () -> HELD;
    private int asked;

    private BatchEngine engine() {
        return load.engine(2)
                .limits(
                        () -> {
                            asked++;
                            return answer.get();
                        },
                        Duration.ofSeconds(3))
                .build();
    }

    @Test
    void what_it_says_is_used_when_it_changes() {
        BatchEngine engine = engine();
        engine.batches().create("10", TYPE, "cfg");
        machine.advance(Duration.ofSeconds(4));
        assertThat(asked).isEqualTo(2);
        assertThat(load.starts()).isEmpty();
        answer = () -> TWO;
        machine.advance(Duration.ofMillis(1_900));
        assertThat(load.starts()).isEmpty();
        machine.advance(Duration.ofMillis(100));
        assertThat(load.starts()).hasSize(2);
        assertThat(engine.limits()).isEqualTo(TWO);
    }

    @Test
    void what_was_set_by_hand_stands_until_it_says_something_else() {
        BatchEngine engine = engine();
        engine.batches().create("10", TYPE, "cfg");
        engine.setLimits(TWO);
        machine.advance(Duration.ofMinutes(1));
        assertThat(engine.limits()).isEqualTo(TWO);
        answer = () -> Limits.DEFAULT.withMaxInFlight(7);
        machine.advance(Duration.ofSeconds(3));
        assertThat(engine.limits().maxInFlight()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "throws", "dies"})
    void while_it_fails_the_limits_stay_and_health_says_so(String how) {
        BatchEngine engine = engine();
        answer = failing(how);
        machine.advance(Duration.ofSeconds(10));
        assertThat(asked).as("asked again and again").isEqualTo(1 + 3);
        assertThat(engine.limits()).isEqualTo(HELD);
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.DEGRADED);
        assertThat(engine.health().problems())
                .singleElement()
                .asString()
                .startsWith("the supplier of limits fails, they stay as they are: ");
        answer = () -> TWO;
        machine.advance(Duration.ofSeconds(3));
        assertThat(engine.limits()).isEqualTo(TWO);
        assertThat(engine.health().status()).isEqualTo(EngineHealth.Status.UP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "throws"})
    void an_engine_is_not_built_without_a_first_answer(String how) {
        answer = failing(how);
        assertThatThrownBy(this::engine)
                .isInstanceOf(BatchEngineException.class)
                .hasMessageStartingWith("the supplier of limits failed: ")
                .extracting(failure -> ((BatchEngineException) failure).code())
                .isEqualTo(ErrorCode.PLUGIN_FAILED);
        machine.advance(Duration.ofMinutes(1));
        assertThat(asked).as("and nothing is left that asks").isEqualTo(1);
    }

    @Test
    void a_closed_engine_asks_no_more() {
        BatchEngine engine = engine();
        machine.advance(Duration.ofSeconds(4));
        var closed = engine.closeAsync(Duration.ofSeconds(1)).toCompletableFuture();
        machine.advance(Duration.ofMinutes(1));
        assertThat(closed).isCompleted();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_changed_answer_frees_what_waits() {
        BatchEngine engine = engine();
        String id = engine.batches().create("2", TYPE, "cfg").id();
        machine.advance(Duration.ofSeconds(2));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.THROTTLED);
        answer = () -> TWO;
        machine.advance(Duration.ofSeconds(1));
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.RUNNING);
    }

    private static Supplier<Limits> failing(String how) {
        return switch (how) {
            case "null" -> () -> null;
            case "throws" ->
                () -> {
                    throw new IllegalStateException("no connection");
                };
            default ->
                () -> {
                    throw new NoClassDefFoundError("Configuration");
                };
        };
    }
}
