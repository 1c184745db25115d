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

    /** A store whose answers make no progress, once or for ever, and a process that is killed. */
    static Plan stalling(long seed) {
        Draw draw = Draw.of(seed, "stall", 1);
        Plan plan = PlanDrawer.draw(seed, 0);
        List<Incident> incidents = new ArrayList<>(plan.incidents());
        PlanDrawer.stall(draw, incidents);
        boolean ofDelayed = incidents.stream()
                .anyMatch(incident -> incident instanceof Incident.Stall stall
                        && stall.answer().isOfDelayed());
        return (ofDelayed ? withManyDelays(plan) : plan).withIncidents(incidents);
    }

    /** Engines by which one retry of a batch waits in memory, and all others in the store alone; and enough files for that. */
    private static Plan withManyDelays(Plan plan) {
        Plan changed = plan.withEngines(
                plan.engines().stream().map(engine -> engine.withPageSize(3)).toList());
        for (int i = 0; i < plan.directories().size(); i++) {
            Plan.DirectorySpec directory = plan.directories().get(i);
            changed = changed.withDirectory(i, new Plan.DirectorySpec(directory.id(), 30, directory.quirk()));
        }
        return changed;
    }
}
