package io.batchengine.testkit.simulation;

import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.invariant.Invariant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is drawn for one run, as data: a run of the same plan is the same run, and a plan with less in it can be tried. Times are in
 * milliseconds of simulated time.
 *
 * @param seed from which the order of tasks and the ways of jobs are drawn
 * @param engines how the engines are set, one for each slot; an engine that is gone is followed by another in its slot
 * @param directories what there is to list
 * @param incidents what happens, be it a user's call or a fault
 * @param hangs whether some jobs hang until all is calm
 * @param load what jobs do, where all do the same
 */
record Plan(
        long seed,
        List<EngineSpec> engines,
        List<DirectorySpec> directories,
        List<Incident> incidents,
        boolean hangs,
        Load load) {
    private static final int STORM_AFTER_MILLIS = 15_000;

    /** What a listener does when it is told. */
    enum ListenerKind {
        PLAIN,
        THROWS,
        SLOW,
        CALLS_BACK
    }

    /** How an engine is set. It is told its limits, or asks for them in an interval, if that is not 0. */
    record EngineSpec(
            int workers,
            DrawnLimits limits,
            int limitsEveryMillis,
            int stepsPerTask,
            int pageSize,
            int leaseMillis,
            int pollMillis,
            int stopGraceMillis,
            int latencyMillis,
            boolean jobsInline,
            ListenerKind listener) {
        /** Of every second engine so few that some wait in the store alone; not drawn, so that older seeds stay what they were. */
        int delayedInMemory() {
            return pageSize % 2 == 0 ? 1_000 : 1 + pageSize % 3;
        }

        EngineSpec withPageSize(int other) {
            return new EngineSpec(
                    workers,
                    limits,
                    limitsEveryMillis,
                    stepsPerTask,
                    other,
                    leaseMillis,
                    pollMillis,
                    stopGraceMillis,
                    latencyMillis,
                    jobsInline,
                    listener);
        }

        EngineSpec withLimits(DrawnLimits others) {
            return new EngineSpec(
                    workers,
                    others,
                    0,
                    stepsPerTask,
                    pageSize,
                    leaseMillis,
                    pollMillis,
                    stopGraceMillis,
                    latencyMillis,
                    jobsInline,
                    listener);
        }
    }

    /** What is wrong with a directory. */
    enum Quirk {
        NONE,
        FAILS_ONCE,
        FAILS_ALWAYS,
        DUPLICATES,
        UNSORTED,
        TOO_MANY,
        EMPTY_PAGES,
        EMPTY_FOR_EVER,
        NULL_PAGE,
        NULL_FILE,
        CHANGES
    }

    /** A directory of so many files. */
    record DirectorySpec(String id, int files, Quirk quirk) {}

    /** How a batch is to be created. */
    record BatchSpec(
            String project,
            int directory,
            int maxAttempts,
            int backoffMillis,
            int timeoutMillis,
            int maxFiles,
            int priority,
            boolean otherType,
            @Nullable String key) {}

    /**
     * Jobs that all do the same, so that they stand in each other's way.
     *
     * @param jobMillis how long the longest of them takes, the shortest half of that; 0 where each is different
     * @param remoteCalls how many of them, of all engines, a service that they call takes at a time; 0 where they call none
     */
    record Load(int jobMillis, int remoteCalls) {
        static final Load NONE = new Load(0, 0);
    }

    /**
     * What a store that is set back, or refuses content, may break: an engine whose claim the store has forgotten works on for a while,
     * and a batch that was taken over and is written in parts is THROTTLED for its old reason a little longer. Answers that make no
     * progress break nothing: see {@link Operator}.
     */
    Set<Invariant> notJudged() {
        if (incidents.stream().anyMatch(Incident.SetBack.class::isInstance)) {
            return EnumSet.of(Invariant.LIMITS, Invariant.RATES, Invariant.SHARES, Invariant.THROTTLED);
        }
        boolean refusing = incidents.stream().anyMatch(Incident.Refusal.class::isInstance);
        return refusing ? EnumSet.of(Invariant.THROTTLED) : Set.of();
    }

    /** This plan with other incidents. */
    Plan withIncidents(List<Incident> others) {
        return new Plan(seed, engines, directories, List.copyOf(others), hangs, load);
    }

    /**
     * This plan with a store that forgets nothing. An author's own jobs and check are not tried with one that does: what they did under
     * a claim that is forgotten happens again, under the same epoch and attempt.
     */
    Plan withoutSetBacks() {
        return withIncidents(incidents.stream()
                .filter(incident -> !(incident instanceof Incident.SetBack))
                .toList());
    }

    /** This plan with fewer engines. */
    Plan withEngines(List<EngineSpec> fewer) {
        return new Plan(seed, List.copyOf(fewer), directories, incidents, hangs, load);
    }

    /** This plan with another load. */
    Plan withLoad(Load other) {
        return new Plan(seed, engines, directories, incidents, hangs, other);
    }

    /** This plan with another directory in one's place. */
    Plan withDirectory(int index, DirectorySpec other) {
        List<DirectorySpec> changed = new ArrayList<>(directories);
        changed.set(index, other);
        return new Plan(seed, engines, List.copyOf(changed), incidents, hangs, load);
    }

    /** Whether anything in it keeps engines from doing what they do in time. */
    boolean isDisturbed() {
        return incidents.stream().anyMatch(Incident::disturbs);
    }

    /** Whether anything in it changes how a job ends. */
    boolean changesOutcomes() {
        return incidents.stream().anyMatch(Incident::changesOutcomes);
    }

    /** Whether anything in it may keep files from being listed. */
    boolean changesListings() {
        return incidents.stream().anyMatch(Incident::changesListings);
    }

    /** Whether a job may be asked for some time after its limits were: its file is looked up in between, which may take long. */
    boolean delaysFinding() {
        return incidents.stream()
                .anyMatch(incident -> incident instanceof Incident.CallFault fault
                        && fault.calls().contains(Call.DIRECTORY_FIND));
    }

    /** When faults stop: some time after the last incident. */
    int calmAtMillis() {
        return incidents.stream().mapToInt(Incident::until).max().orElse(0) + STORM_AFTER_MILLIS;
    }
}
