package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stores that are set back under two engines, or refuse content: each batch ends, and no result is recorded twice. */
class SetBackTest {
    private static final int DRAWS = Integer.getInteger("batchengine.set-back.draws", 1_000);

    @Test
    void a_store_that_is_set_back_under_two_engines_takes_the_writes_of_one_of_them() {
        Setting setting = Simulation.ofEngines().setting();
        long struck = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            Run.Result result = Run.of(TroubledStores.setBack(seed), setting);
            assertThat(result.firstViolation())
                    .as("seed %d: %s", seed, result.plan())
                    .isEmpty();
            struck += result.events().toString().contains("is set back by") ? 1 : 0;
        }
        assertThat(struck).isGreaterThan(DRAWS / 2);
    }

    @Test
    void a_store_that_refuses_content_for_ever_keeps_no_other_batch_from_its_end() {
        Setting setting = Simulation.ofEngines().setting();
        for (long seed = 0; seed < DRAWS / 2; seed++) {
            Run.Result result = Run.of(TroubledStores.refusing(seed), setting);
            assertThat(result.firstViolation())
                    .as("seed %d: %s", seed, result.plan())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void each_planted_bug_is_found(PlantedEngineBug bug) throws ReflectiveOperationException {
        Object found = ChangedSources.with(bug)
                .loadClass(Hunt.class.getName())
                .getMethod("firstOfTroubledStores", long.class)
                .invoke(null, (long) DRAWS);
        assertThat(found).as("what finds: %s", bug.name()).isNotEqualTo("");
    }

    static List<PlantedEngineBug> bugs() {
        return PlantedEngineBug.OF_TROUBLED_STORES;
    }
}
