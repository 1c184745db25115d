package io.batchengine.testkit.invariant;

import org.apiguardian.api.API;

/**
 * What must hold, by the names of the promise that it keeps.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public enum Invariant {
    /** Results: none is lost, none is there twice, none is of an unlisted file. */
    ONE_RESULT("I1", "every listed file has exactly one result once its batch is COMPLETED"),
    /** Statuses. */
    LEGAL_STATUS("I2", "a status moves along the legal edges only, and nothing of a terminal batch changes"),
    /** What was acknowledged. */
    ACKNOWLEDGED("I3", "what was acknowledged to a caller or a listener stays, whatever crashes"),
    /** Counters. */
    COUNTERS("I4", "the counters of every written version equal its rows"),
    /** COMPLETED. */
    COMPLETION("I5", "COMPLETED only when listing has ended and every file is settled; an empty directory completes"),
    /** Times and versions. */
    TIMES("I6", "updated_at strictly increases, created <= started <= finished, the version grows by one per write"),
    /** Ownership. */
    EPOCHS("I7", "at most one live epoch per batch, and no write of an old one is accepted"),
    /** Starts of a job body. */
    STARTS("I8", "a job body starts no more often than once, and again for each lost engine and configured retry"),
    /** Limits. */
    LIMITS("I9", "no limit of jobs in flight or of active batches is ever exceeded"),
    /** Rates. */
    RATES("I9r", "in no time do more jobs start than rate and burst allow, and none while a job factory asked to wait"),
    /** Starvation. */
    SHARES(
            "I9s",
            "no batch starves: what no limit holds starts at once where a slot is free, and otherwise has its share of the slots"),
    /** THROTTLED. */
    THROTTLED("I9t", "THROTTLED is told in time, for a limit that is set, and changes at most once a second"),
    /** Recovery. */
    RECOVERY("I10", "what recovery leads to equals what a run without a crash leads to"),
    /** Cancellation. */
    CANCELLATION(
            "I12",
            "no job starts after its engine has seen a cancel request; another engine's is seen within a renewal"),
    /** Events. */
    EVENTS("I13", "events come in order, after their write, at most once; the end exactly once while its writer lives"),
    /** Isolation. */
    ISOLATION("I14", "what fails in one batch changes no other, and no project is told of another's data"),
    /** Liveness. */
    LIVENESS("I15", "once faults stop, every batch ends and every engine closes within a bound"),
    /** Determinism. */
    DETERMINISM("I17", "the same seed gives the same trace, byte for byte"),
    /** The engine as a caller. */
    LEGAL_CALLS("calls", "the engine calls plug-ins as their contracts allow"),
    /** Whatever should never be seen. */
    NO_DEFECT("defects", "no decision of an engine fails, and callers see typed errors alone"),
    /** What the author of a simulation checks beside all this. */
    OWN_CHECK("check", "what the author's own check asks for holds at the end");

    private final String id;
    private final String rule;

    Invariant(String id, String rule) {
        this.id = id;
        this.rule = rule;
    }

    /**
     * The short name.
     *
     * @return as reports show it
     */
    public String id() {
        return id;
    }

    /**
     * What it says.
     *
     * @return one sentence
     */
    public String rule() {
        return rule;
    }
}
