package io.batchengine.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two engines on one store, which is set back under them at any moment: each batch ends, and no result is recorded twice. */
class SetBackTest {
    private static final int DRAWS = Integer.getInteger("batchengine.set-back.draws", 1_000);

    @Test
    void a_store_that_is_set_back_under_two_engines_takes_the_writes_of_one_of_them() {
        Setting setting = Simulation.ofEngines().setting();
        long struck = 0;
        for (long seed = 0; seed < DRAWS; seed++) {
            Draw draw = Draw.of(seed, "set back", 1);
            Plan plan = PlanDrawer.draw(seed, 2);
            List<Incident> incidents = new ArrayList<>(plan.incidents());
            for (int i = draw.between(1, 3); i > 0; i--) {
                incidents.add(new Incident.SetBack(draw.below(draw.of(1_500, 4_000, 20_000)), draw.between(1, 30)));
            }
            Run.Result result = Run.of(plan.withIncidents(incidents), setting);
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
            Draw draw = Draw.of(seed, "refusal", 1);
            Plan plan = PlanDrawer.draw(seed, 0);
            List<Incident> incidents = new ArrayList<>(plan.incidents());
            incidents.add(new Incident.Refusal(
                    draw.of(Incident.Content.MESSAGES, Incident.Content.END_OF_FILE, Incident.Content.FILE_ID),
                    draw.below(draw.of(1, 3, 12)),
                    draw.oneIn(2)));
            Run.Result result = Run.of(plan.withIncidents(incidents), setting);
            assertThat(result.firstViolation())
                    .as("seed %d: %s", seed, result.plan())
                    .isEmpty();
        }
    }
}
