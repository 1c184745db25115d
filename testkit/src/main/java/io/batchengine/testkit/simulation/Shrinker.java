package io.batchengine.testkit.simulation;

import io.batchengine.limits.Limits;
import io.batchengine.testkit.invariant.Invariant;
import io.batchengine.testkit.simulation.Incident.CallFault;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.EngineSpec;
import io.batchengine.testkit.simulation.Plan.Load;
import java.util.ArrayList;
import java.util.List;

/** Looks for a smaller plan that violates the same invariant: with fewer incidents, engines and files, and faults that strike once. */
final class Shrinker {
    private static final int MOST_RUNS = 400;

    private final Setting setting;
    private final Invariant invariant;
    private Run.Result best;
    private int runs;

    private Shrinker(Setting setting, Run.Result failed, Invariant invariant) {
        this.setting = setting;
        this.best = failed;
        this.invariant = invariant;
    }

    /**
     * The smallest run that was found.
     *
     * @param failed a run with a violation
     */
    static Run.Result shrink(Setting setting, Run.Result failed) {
        return failed.firstViolation()
                .map(violation -> new Shrinker(setting, failed, violation.invariant()).shrunk())
                .orElse(failed);
    }

    private Run.Result shrunk() {
        boolean smaller = true;
        while (smaller && runs < MOST_RUNS) {
            smaller = withoutIncidents();
            smaller |= withFewerStrikes();
            smaller |= withFewerEngines();
            smaller |= withFewerFiles();
            smaller |= withoutLimits();
            smaller |= withoutLoad();
        }
        return best;
    }

    /** Takes out halves, quarters, and at last single incidents. */
    private boolean withoutIncidents() {
        boolean any = false;
        for (int size = Math.max(1, best.plan().incidents().size() / 2); size >= 1; size /= 2) {
            int at = 0;
            while (at < best.plan().incidents().size()) {
                List<Incident> fewer = new ArrayList<>(best.plan().incidents());
                fewer.subList(at, Math.min(at + size, fewer.size())).clear();
                if (stillFails(best.plan().withIncidents(fewer))) {
                    any = true;
                } else {
                    at += size;
                }
            }
        }
        return any;
    }

    /** Has faults of several calls in a row meet one alone. */
    private boolean withFewerStrikes() {
        boolean any = false;
        for (int i = 0; i < best.plan().incidents().size(); i++) {
            if (best.plan().incidents().get(i) instanceof CallFault fault && fault.times() > 1) {
                List<Incident> fewer = new ArrayList<>(best.plan().incidents());
                fewer.set(i, new CallFault(fault.calls(), fault.first(), 1, fault.effect(), fault.millis()));
                any |= stillFails(best.plan().withIncidents(fewer));
            }
        }
        return any;
    }

    private boolean withFewerEngines() {
        int engines = best.plan().engines().size();
        return engines > 1
                && stillFails(best.plan().withEngines(best.plan().engines().subList(0, engines - 1)));
    }

    /** Leaves engines the limit of jobs in flight alone. */
    private boolean withoutLimits() {
        boolean any = false;
        for (int i = 0; i < best.plan().engines().size(); i++) {
            EngineSpec now = best.plan().engines().get(i);
            EngineSpec plain = now.withLimits(new DrawnLimits(Limits.DEFAULT.withMaxInFlight(
                    Math.max(1, now.limits().limits().maxInFlight()))));
            List<EngineSpec> engines = new ArrayList<>(best.plan().engines());
            engines.set(i, plain);
            any |= !plain.equals(now) && stillFails(best.plan().withEngines(engines));
        }
        return any;
    }

    private boolean withoutLoad() {
        return !best.plan().load().equals(Load.NONE) && stillFails(best.plan().withLoad(Load.NONE));
    }

    private boolean withFewerFiles() {
        boolean any = false;
        for (int i = 0; i < best.plan().directories().size(); i++) {
            DirectorySpec now = best.plan().directories().get(i);
            for (int files : List.of(0, 1, now.files() / 2, now.files() - 1)) {
                DirectorySpec smaller = new DirectorySpec(now.id(), files, now.quirk());
                if (files >= 0 && files < now.files() && stillFails(best.plan().withDirectory(i, smaller))) {
                    any = true;
                    break;
                }
            }
        }
        return any;
    }

    private boolean stillFails(Plan plan) {
        if (runs++ >= MOST_RUNS) {
            return false;
        }
        Run.Result result = Run.of(plan, setting);
        boolean fails = result.firstViolation()
                .filter(violation -> violation.invariant() == invariant)
                .isPresent();
        if (fails) {
            best = result;
        }
        return fails;
    }
}
