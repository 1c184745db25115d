package io.batchengine.testkit.simulation;

import io.batchengine.limits.Limits;
import io.batchengine.testkit.simulation.Incident.Use;
import io.batchengine.testkit.simulation.Plan.BatchSpec;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.EngineSpec;
import io.batchengine.testkit.simulation.Plan.ListenerKind;
import io.batchengine.testkit.simulation.Plan.Quirk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Small workloads in which nothing goes wrong by itself; each has most of what an engine does at its store. */
final class Scenarios {
    private static final EngineSpec ENGINE =
            new EngineSpec(2, inFlight(4), 0, 2, 3, 6_000, 1_000, 500, 0, false, ListenerKind.PLAIN);
    private static final EngineSpec OTHER =
            new EngineSpec(1, inFlight(2), 0, 1, 5, 9_000, 700, 0, 3, false, ListenerKind.PLAIN);
    private static final DirectorySpec FEW = new DirectorySpec("dir-few", 5, Quirk.NONE);
    private static final DirectorySpec SOME = new DirectorySpec("dir-some", 11, Quirk.NONE);
    private static final DirectorySpec EMPTY = new DirectorySpec("dir-empty", 0, Quirk.NONE);
    private static final List<DirectorySpec> DIRECTORIES = List.of(FEW, SOME, EMPTY);

    /** One batch; two at once on two engines; a cancelled one; a hand-over; a take-over; retries, reads and deletions. */
    static final List<Plan> ALL = List.of(
            plan(1, List.of(ENGINE), create(0, 0, "a")),
            plan(2, List.of(ENGINE, OTHER), create(0, 1, "a"), create(10, 0, "b"), create(20, 2, "c")),
            plan(
                    3,
                    List.of(ENGINE, OTHER),
                    create(0, 1, "a"),
                    create(0, 0, null),
                    new Incident.UserCall(15, 1, 0, Use.CANCEL)),
            plan(4, List.of(ENGINE), create(0, 1, "a"), new Incident.Close(30, 0, 1_000, 0)),
            plan(5, List.of(ENGINE), create(0, 1, "a"), new Incident.Kill(25, 0, 100)),
            plan(
                    6,
                    List.of(OTHER),
                    create(0, 0, "a"),
                    new Incident.UserCall(8_000, 0, 0, Use.READ),
                    new Incident.UserCall(8_100, 0, 0, Use.RETRY_FAILED),
                    new Incident.UserCall(14_000, 0, 0, Use.DELETE)));

    private Scenarios() {}

    private static DrawnLimits inFlight(int jobs) {
        return new DrawnLimits(Limits.DEFAULT.withMaxInFlight(jobs));
    }

    private static Plan plan(long seed, List<EngineSpec> engines, Incident... incidents) {
        return new Plan(seed, engines, DIRECTORIES, List.of(incidents), false, Plan.Load.NONE);
    }

    private static Incident create(int at, int directory, @Nullable String key) {
        return new Incident.Create(at, 0, new BatchSpec("prj-a", directory, 2, 200, 0, 1_000, 5, false, key));
    }
}
