package io.batchengine.testkit.simulation;

import io.batchengine.model.Text;
import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.simulation.Incident.CallFault;
import io.batchengine.testkit.simulation.Incident.Effect;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Puts a fault at the first call of the store, at the second, and so on, in each {@link Scenarios scenario}, until a run ends before it. */
final class Sweep {
    private static final Set<Call> STORE = EnumSet.range(Call.STORE_CREATE, Call.STORE_DELETE);
    private static final long FOR_EVER = 1_000_000;
    private static final int CRASHES_DEEP = 5;
    private static final int MILLIS = 300;
    private static final int FARTHEST_PAIR = 8;

    private final Setting setting;
    private final int threads;

    /** A scenario with a kind of fault, and where there are two, with the second some calls behind the first. */
    private record Series(int scenario, Effect effect, long times, List<Second> second) {}

    private record Second(Effect effect, int behind) {}

    Sweep(Setting setting, int threads) {
        this.setting = setting;
        this.threads = threads;
    }

    SimulationReport run(int faults) {
        if (faults != 1 && faults != 2) {
            throw new IllegalArgumentException(Text.format("%d faults: 1 or 2", faults));
        }
        Tally tally = new Tally(setting);
        List<Series> all = faults == 1 ? single() : pairs();
        InParallel.forEach(LongStream.range(0, all.size()), threads, index -> run(all.get((int) index), tally));
        return tally.report();
    }

    private static List<Series> single() {
        List<Series> all = new ArrayList<>();
        for (int scenario = 0; scenario < Scenarios.ALL.size(); scenario++) {
            for (Effect effect : Effect.values()) {
                all.add(new Series(scenario, effect, 1, List.of()));
                all.add(new Series(scenario, effect, isCrash(effect) ? CRASHES_DEEP : FOR_EVER, List.of()));
            }
        }
        return all;
    }

    private static List<Series> pairs() {
        List<Series> all = new ArrayList<>();
        for (Series first : single()) {
            if (first.times == 1) {
                for (Effect effect : Effect.values()) {
                    IntStream.rangeClosed(1, FARTHEST_PAIR)
                            .mapToObj(behind -> List.of(new Second(effect, behind)))
                            .forEach(second -> all.add(new Series(first.scenario, first.effect, 1, second)));
                }
            }
        }
        return all;
    }

    private static boolean isCrash(Effect effect) {
        return effect == Effect.CRASH_BEFORE || effect == Effect.CRASH_AFTER;
    }

    private void run(Series series, Tally tally) {
        Plan scenario = Scenarios.ALL.get(series.scenario);
        long call = 0;
        Run.Result result;
        do {
            call++;
            List<Incident> incidents = new ArrayList<>(scenario.incidents());
            incidents.add(new CallFault(STORE, call, series.times, series.effect, MILLIS));
            for (Second second : series.second) {
                incidents.add(new CallFault(STORE, call + second.behind, 1, second.effect, MILLIS));
            }
            result = Run.of(scenario.withIncidents(incidents), setting);
            String name = Text.format(
                    "scenario %d, %s at call %d, %d times%s",
                    series.scenario, series.effect, call, series.times, series.second);
            int faults = 1 + series.second.size();
            tally.add(
                    result,
                    name,
                    setting.isOfProgram()
                            ? "java -jar testkit/target/batch-simulator.jar --sweep " + faults
                            : "sweep(" + faults + ")");
        } while (result.storeCalls() >= call);
    }
}
