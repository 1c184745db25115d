package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stores whose answers make no progress, once or for ever: nothing goes round, each batch ends, and only the one that the answers are about
 * needs somebody who cancels it. More draws: {@code -Dbatchengine.stall.draws=n}.
 */
class StallTest {
    private static final int DRAWS = Integer.getInteger("batchengine.stall.draws", 500);
    private static final long FIRST = Long.getLong("batchengine.stall.from", 0);
    private static final long BUG_DRAWS = 1_000;

    @Test
    void a_store_whose_answers_make_no_progress_keeps_no_other_batch_from_its_end() {
        Setting setting = Simulation.ofEngines().setting();
        Set<Answer> met = EnumSet.noneOf(Answer.class);
        int struck = 0;
        for (long seed = FIRST; seed < FIRST + DRAWS; seed++) {
            Run.Result result = Run.of(TroubledStores.stalling(seed), setting);
            assertThat(result.firstViolation())
                    .as("seed %d: %s", seed, result.plan())
                    .isEmpty();
            String trace = result.trace();
            Arrays.stream(Answer.values())
                    .filter(answer -> trace.contains(", meets " + answer))
                    .forEach(met::add);
            struck += trace.contains(", meets ") ? 1 : 0;
        }
        System.out.printf("%d of %d draws met an answer that makes no progress%n", struck, DRAWS);
        assertThat(met).containsExactlyInAnyOrder(Answer.values());
        assertThat(struck).isGreaterThan(DRAWS / 6);
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void each_planted_bug_is_found(PlantedEngineBug bug) throws ReflectiveOperationException {
        Object found = ChangedSources.with(bug)
                .loadClass(Hunt.class.getName())
                .getMethod("firstOfStallingStores", long.class)
                .invoke(null, BUG_DRAWS);
        System.out.println(bug.name() + ": " + found);
        assertThat(found).as("what finds: %s", bug.name()).isNotEqualTo("");
    }

    static List<PlantedEngineBug> bugs() {
        return PlantedEngineBug.OF_STALLING_STORES;
    }
}
