package io.batchengine.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real engine calls its plug-ins as their contracts have it, whatever they do. */
class EngineCallsTest {
    private static final int SEEDS = 75;

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void two_engines_on_one_store_call_legally(boolean withFaults, boolean withClose) {
        for (int seed = 0; seed < SEEDS; seed++) {
            MixedRun run = new MixedRun(seed);
            try {
                run.run(withFaults, withClose);
            } catch (AssertionError stuck) {
                throw new AssertionError(
                        Text.format("seed %d: %s %s", seed, stuck.getMessage(), run.violations.found()), stuck);
            }
            assertThat(run.violations.found()).as("seed %d", seed).isEmpty();
            assertThat(run.openListings()).as("open listings of seed %d", seed).isZero();
        }
    }

    @Test
    void the_workload_makes_every_call_that_it_is_to_check() {
        Set<Call> made = EnumSet.noneOf(Call.class);
        for (int seed = 0; seed < 50; seed++) {
            MixedRun run = new MixedRun(seed);
            run.run(true, true);
            for (Call call : Call.values()) {
                if (run.faults.calls(call) > 0) {
                    made.add(call);
                }
            }
        }
        assertThat(made)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(
                        EnumSet.of(Call.STORE_LIST, Call.STORE_DELETE, Call.STORE_CLOSE, Call.FILE_OPEN)));
    }
}
