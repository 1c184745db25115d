package io.batchengine.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** Plans whose store is set back, or refuses content, far more often than it is in drawn plans. */
final class TroubledStores {
    private TroubledStores() {}

    /** Two engines, under which the store is set back some times. */
    static Plan setBack(long seed) {
        Draw draw = Draw.of(seed, "set back", 1);
        Plan plan = PlanDrawer.draw(seed, 2);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        for (int i = draw.between(1, 3); i > 0; i--) {
            incidents.add(PlanDrawer.setBack(draw));
        }
        return plan.withIncidents(incidents);
    }

    /** A store that refuses the texts, or the end, of files, or an id, or all of a batch. */
    static Plan refusing(long seed) {
        Draw draw = Draw.of(seed, "refusal", 1);
        Plan plan = PlanDrawer.draw(seed, 0);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        incidents.add(PlanDrawer.refusal(draw));
        return plan.withIncidents(incidents);
    }
}
