package io.batchengine.testkit.simulation;

import io.batchengine.testkit.invariant.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plans whose store is set back, or refuses content, far more often than it is in drawn plans. */
final class TroubledStores {
    private TroubledStores() {}

    /**
     * What was found, limits apart: an engine whose claim the store has forgotten works on for a while, and a batch that was taken over
     * and is written in parts is THROTTLED for its old reason a little longer.
     */
    static Optional<Findings.Violation> firstViolation(Run.Result result) {
        return result.firstViolation().filter(found -> !found.invariant().id().startsWith("I9"));
    }

    /** Two engines, under which the store is set back some times. */
    static Plan setBack(long seed) {
        Draw draw = Draw.of(seed, "set back", 1);
        Plan plan = PlanDrawer.draw(seed, 2);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        for (int i = draw.between(1, 3); i > 0; i--) {
            incidents.add(new Incident.SetBack(draw.below(draw.of(1_500, 4_000, 20_000)), draw.between(1, 30)));
        }
        return plan.withIncidents(incidents);
    }

    /** A store that refuses the texts, or the end, of files, or an id. */
    static Plan refusing(long seed) {
        Draw draw = Draw.of(seed, "refusal", 1);
        Plan plan = PlanDrawer.draw(seed, 0);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        incidents.add(new Incident.Refusal(
                draw.of(Incident.Content.MESSAGES, Incident.Content.END_OF_FILE, Incident.Content.FILE_ID),
                draw.below(draw.of(1, 3, 12)),
                draw.oneIn(2)));
        return plan.withIncidents(incidents);
    }
}
