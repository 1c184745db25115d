package io.batchengine.testkit.simulation;

import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.simulation.Incident.CallFault;
import io.batchengine.testkit.simulation.Incident.Effect;
import io.batchengine.testkit.simulation.Plan.BatchSpec;
import io.batchengine.testkit.simulation.Plan.DirectorySpec;
import io.batchengine.testkit.simulation.Plan.EngineSpec;
import io.batchengine.testkit.simulation.Plan.ListenerKind;
import io.batchengine.testkit.simulation.Plan.Load;
import io.batchengine.testkit.simulation.Plan.Quirk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws the plan of a run from its seed: a workload, what users do, and what goes wrong. */
final class PlanDrawer {
    /** By when all incidents have begun. */
    static final int LAST_INCIDENT_MILLIS = 40_000;

    private static final Set<Call> STORE = EnumSet.range(Call.STORE_CREATE, Call.STORE_DELETE);
    private static final List<Set<Call>> STORE_CALLS = List.of(
            STORE,
            STORE,
            EnumSet.of(Call.STORE_CREATE),
            EnumSet.of(Call.STORE_COMMIT),
            EnumSet.of(Call.STORE_COMMIT),
            EnumSet.of(Call.STORE_COMMIT),
            EnumSet.of(Call.STORE_CLAIM),
            EnumSet.of(Call.STORE_CLAIM),
            EnumSet.of(Call.STORE_RENEW),
            EnumSet.of(Call.STORE_FIND),
            EnumSet.of(Call.STORE_FILES),
            EnumSet.of(Call.STORE_REQUEST_CANCEL),
            EnumSet.of(Call.STORE_DELETE));
    /** Together they keep an engine from knowing where it stands, and let it go on with the rest. */
    private static final List<Set<Call>> OUTAGES = List.of(
            EnumSet.of(Call.STORE_RENEW, Call.STORE_FILES),
            EnumSet.of(Call.STORE_RENEW, Call.STORE_COMMIT),
            EnumSet.of(Call.STORE_COMMIT, Call.STORE_FIND),
            EnumSet.of(Call.STORE_CLAIM, Call.STORE_RENEW),
            STORE);

    private static final List<Set<Call>> OTHER_CALLS = List.of(
            EnumSet.of(Call.DIRECTORY_LIST),
            EnumSet.of(Call.LISTING_NEXT),
            EnumSet.of(Call.LISTING_CLOSE),
            EnumSet.of(Call.DIRECTORY_FIND),
            EnumSet.of(Call.FACTORY_CREATE),
            EnumSet.of(Call.JOB_RUN));

    private final Draw draw;
    private final int engines;
    private final int directories;
    private final Load load;
    private final List<EngineSpec> engineSpecs = new ArrayList<>();

    private PlanDrawer(long seed, int engines) {
        this.draw = new Draw(seed);
        this.engines = engines > 0 ? engines : draw.of(1, 1, 2, 2, 3);
        this.directories = draw.between(1, 3);
        this.load = load();
    }

    /**
     * The plan of a seed.
     *
     * @param seed any
     * @param engines how many at a time, or 0 where that is to be drawn too
     */
    static Plan draw(long seed, int engines) {
        return new PlanDrawer(seed, engines).plan(seed);
    }

    private Plan plan(long seed) {
        for (int i = 0; i < engines; i++) {
            engineSpecs.add(engine());
        }
        List<DirectorySpec> directorySpecs = new ArrayList<>();
        for (int i = 0; i < directories; i++) {
            directorySpecs.add(directory(i));
        }
        return new Plan(
                seed,
                List.copyOf(engineSpecs),
                List.copyOf(directorySpecs),
                List.copyOf(withTroubles(seed, incidents())),
                draw.oneIn(4),
                load);
    }

    private Load load() {
        return switch (draw.below(20)) {
            case 0 -> new Load(draw.of(50, 300, 1_000), 0);
            case 1 -> new Load(draw.of(20, 100, 500), draw.between(1, 4));
            default -> Load.NONE;
        };
    }

    private EngineSpec engine() {
        return new EngineSpec(
                draw.between(1, 4),
                DrawnLimits.draw(draw),
                draw.oneIn(8) ? draw.between(500, 3_000) : 0,
                draw.between(1, 3),
                draw.between(1, 20),
                draw.between(3_000, 20_000),
                draw.between(400, 5_000),
                draw.of(0, 100, 2_000),
                draw.of(0, 0, 1, 30),
                draw.oneIn(8),
                draw.of(ListenerKind.PLAIN, ListenerKind.PLAIN, ListenerKind.PLAIN, draw.of(ListenerKind.values())));
    }

    private DirectorySpec directory(int number) {
        int files = load.jobMillis() > 0
                ? draw.between(8, 24)
                : draw.of(0, draw.between(1, 5), draw.between(1, 12), draw.between(1, 12), draw.between(10, 40));
        Quirk quirk = draw.oneIn(6) ? draw.of(Quirk.values()) : Quirk.NONE;
        return new DirectorySpec("dir-" + number, files, quirk);
    }

    private List<Incident> incidents() {
        List<Incident> incidents = new ArrayList<>();
        int batches = draw.between(1, 4);
        for (int i = 0; i < batches; i++) {
            incidents.add(new Incident.Create(draw.below(load.jobMillis() > 0 ? 6_000 : 1_500), slot(), batch(i)));
        }
        if (draw.oneIn(3)) {
            changesOfLimits(incidents);
        }
        for (int i = draw.below(5); i > 0; i--) {
            incidents.add(new Incident.UserCall(
                    draw.below(draw.of(500, 1_500, 4_000, LAST_INCIDENT_MILLIS)), slot(), draw.below(batches), use()));
        }
        switch (load.jobMillis() > 0 ? draw.below(4) : draw.below(9)) {
            case 0, 1 -> {} // nothing goes wrong but what is wrong with files and listeners
            case 2 -> crashes(incidents);
            case 3 -> zombie(incidents);
            case 4, 5 -> outage(incidents);
            default -> anything(incidents);
        }
        return incidents;
    }

    /**
     * In a few runs the store refuses content, is set back or gives answers by which nobody gets on, or a limit is lowered while the first
     * turns run. Drawn apart: whatever is tried here, the rest of a seed's plan stays.
     */
    private List<Incident> withTroubles(long seed, List<Incident> incidents) {
        Draw draw = Draw.of(seed, "troubles", 1);
        switch (draw.below(24)) {
            case 0 -> incidents.add(setBack(draw));
            case 1, 2 -> incidents.add(refusal(draw));
            case 3, 4 -> lowered(draw, incidents);
            case 5 -> stall(draw, incidents);
            default -> {} // it keeps what it was given, and takes what it is given
        }
        return incidents;
    }

    private void lowered(Draw draw, List<Incident> incidents) {
        int slot = draw.below(engines);
        DrawnLimits limits = engineSpecs.get(slot).limits();
        int at = draw.below(draw.of(100, 1_000, 3_000));
        for (int i = draw.between(2, 6); i > 0; i--) {
            incidents.add(new Incident.ChangeLimits(at, slot, limits.closed(draw)));
            at += draw.below(100);
            incidents.add(new Incident.ChangeLimits(at, slot, limits));
            at += draw.below(200);
        }
    }

    static Incident.SetBack setBack(Draw draw) {
        return new Incident.SetBack(draw.below(draw.of(1_500, 4_000, 20_000)), draw.between(1, 30));
    }

    static Incident.Refusal refusal(Draw draw) {
        return new Incident.Refusal(draw.of(Incident.Content.values()), draw.below(draw.of(1, 3, 12)), draw.oneIn(2));
    }

    /** What an engine reads of a batch it reads mostly when it takes it over: so some are killed. */
    static void stall(Draw draw, List<Incident> incidents) {
        long times = draw.of(1, 3, 1_000_000);
        incidents.add(new Incident.Stall(draw.of(Answer.values()), draw.below(draw.of(1, 3)), draw.of(1, 1, 2), times));
        for (int i = draw.between(1, 3); i > 0; i--) {
            incidents.add(new Incident.Kill(draw.between(50, draw.of(500, 2_500, 20_000)), 0, draw.of(0, 500)));
        }
    }

    /** Raised and lowered, and to zero for a while. */
    private void changesOfLimits(List<Incident> incidents) {
        int slot = slot();
        DrawnLimits now = engineSpecs.get(slot).limits();
        int at = draw.below(draw.of(300, 2_000, 8_000));
        for (int i = draw.between(1, 4); i > 0; i--) {
            DrawnLimits next = draw.oneIn(2) ? now.closed(draw) : DrawnLimits.draw(draw);
            incidents.add(new Incident.ChangeLimits(at, slot, next));
            at += draw.of(draw.below(50), draw.below(3_000));
            if (draw.oneIn(2)) {
                incidents.add(new Incident.ChangeLimits(at, slot, now));
            } else {
                now = next;
            }
            at += draw.below(2_000);
        }
    }

    /** One engine after the other is lost, mostly after it has taken up what the one before left: that shows whom they suspect. */
    private void crashes(List<Incident> incidents) {
        int slot = slot();
        int takeOver =
                engineSpecs.get(slot).leaseMillis() + engineSpecs.get(slot).pollMillis();
        int at = draw.between(500, 2_000);
        for (int i = draw.between(2, 6); i > 0; i--) {
            incidents.add(new Incident.Kill(at, slot, 0));
            at += draw.oneIn(4) ? draw.between(500, 5_000) : takeOver + draw.below(2_000);
        }
    }

    /** An engine is stopped for longer than its lease, and goes on. */
    private void zombie(List<Incident> incidents) {
        for (int i = draw.between(1, 2); i > 0; i--) {
            incidents.add(new Incident.Pause(draw.below(3_000), slot(), draw.between(10_000, 30_000)));
        }
        if (draw.oneIn(2)) {
            incidents.add(callFault(EnumSet.of(Call.STORE_COMMIT)));
        }
    }

    /** The store, or a part of it, can't be reached for a while. */
    private void outage(List<Incident> incidents) {
        incidents.add(new CallFault(
                draw.of(OUTAGES),
                draw.of(1, draw.between(1, 6), draw.between(1, 30)),
                draw.of(5, 30, 1_000_000),
                draw.of(Effect.THROWS, Effect.THROWS, Effect.DONE_THEN_THROWS, Effect.SLOW),
                500));
        incidents.add(draw.oneIn(2) ? processFault() : new Incident.Kill(draw.between(50, 2_500), slot(), 0));
    }

    private void anything(List<Incident> incidents) {
        for (int i = draw.below(4); i > 0; i--) {
            incidents.add(processFault());
        }
        for (int i = draw.below(4); i > 0; i--) {
            incidents.add(callFault(draw.oneIn(4) ? draw.of(OTHER_CALLS) : draw.of(STORE_CALLS)));
        }
    }

    private Incident.Use use() {
        return draw.of(
                Incident.Use.CANCEL,
                Incident.Use.CANCEL,
                Incident.Use.READ,
                Incident.Use.READ_AS_ANOTHER_PROJECT,
                Incident.Use.RETRY_FAILED,
                Incident.Use.DELETE,
                Incident.Use.PURGE);
    }

    private BatchSpec batch(int number) {
        return new BatchSpec(
                draw.of("prj-a", "prj-a", "prj-b"),
                draw.below(directories),
                draw.between(1, 3),
                draw.of(0, 200, 1_000),
                draw.oneIn(5) ? draw.between(1, 500) : 0,
                draw.oneIn(8) ? draw.below(20) : 1_000,
                draw.of(5, 5, draw.between(1, 9)),
                draw.oneIn(4),
                draw.oneIn(4) ? null : "key-" + number);
    }

    private Incident processFault() {
        int at = draw.below(draw.of(300, 4_000, 15_000, LAST_INCIDENT_MILLIS));
        int slot = slot();
        int restart = draw.of(0, 500, 8_000);
        return switch (draw.below(8)) {
            case 0, 1, 2 -> new Incident.Kill(at, slot, restart);
            case 3 -> new Incident.Close(at, slot, draw.of(0, draw.below(4_000)), restart);
            case 4, 5 -> new Incident.Pause(at, slot, draw.of(100, draw.below(10_000), draw.below(60_000)));
            case 6 -> new Incident.ClockJump(at, slot, draw.of(-3_600, 315_360_000, draw.between(-20, 20)));
            default -> new Incident.Rejection(at, slot, draw.of(50, draw.below(3_000)));
        };
    }

    private CallFault callFault(Set<Call> calls) {
        Effect effect = draw.of(Effect.values());
        boolean store = STORE.containsAll(calls);
        if (!store && (effect == Effect.CRASH_BEFORE || effect == Effect.CRASH_AFTER)) {
            effect = Effect.SLOW;
        }
        boolean afterwards =
                effect == Effect.NULL || effect == Effect.DONE_THEN_THROWS || effect == Effect.ANSWERS_LATE;
        if (calls.contains(Call.JOB_RUN) && afterwards) {
            effect = Effect.THROWS; // else a job would run that its engine can't know of
        }
        long first = draw.of(1, draw.between(1, 8), draw.between(1, 40));
        boolean crash = effect == Effect.CRASH_BEFORE || effect == Effect.CRASH_AFTER;
        long times = crash ? draw.of(1, 1, 5) : draw.of(1, 1, 3, 10, 1_000_000);
        int millis = draw.of(5, 500, draw.below(30_000));
        if (times > 3 && millis > 500) {
            millis = 500; // a store that is slow for ever is one, not a dead one
        }
        return new CallFault(calls, first, times, effect, millis);
    }

    private int slot() {
        return draw.below(engines);
    }
}
