package io.batchengine.testkit.simulation;

import io.batchengine.spi.FileOutcome;

/**
 * How the job of one file goes, the same in every attempt, batch and process, so that what it leads to is known.
 *
 * @param creation how its creation goes
 * @param creationFailures attempts that fail at the creation, if it fails for some time
 * @param body how its body runs
 * @param bodyFailures attempts after these that fail in the body
 * @param end how the attempt after those ends
 * @param notNows how often it asks each process to come again later
 * @param millis how long the body takes
 * @param ownId whether the job has an id of its own
 */
record Behaviour(
        CreationKind creation,
        int creationFailures,
        BodyKind body,
        int bodyFailures,
        EndKind end,
        int notNows,
        int millis,
        boolean ownId) {
    enum CreationKind {
        PLAIN,
        REFUSED,
        REFUSED_FOR_NOW,
        THROWS,
        NULL
    }

    enum BodyKind {
        INSTANT,
        BLOCKING,
        BLOCKING_DEAF,
        ASYNC,
        ASYNC_DEAF,
        ASYNC_AT_ONCE,
        HANGS,
        HANGS_ASYNC
    }

    enum EndKind {
        SUCCESS,
        FAILURE,
        ERROR,
        NULL,
        STOPPED,
        TWICE
    }

    static Behaviour draw(Plan plan, String directory, int file) {
        Draw draw = Draw.of(plan.seed(), directory, file);
        int all = plan.load().jobMillis();
        if (all > 0) {
            BodyKind body = draw.of(BodyKind.BLOCKING, BodyKind.BLOCKING, BodyKind.ASYNC);
            int millis = draw.between(all / 2, all);
            return new Behaviour(CreationKind.PLAIN, 0, body, 0, EndKind.SUCCESS, 0, millis, false);
        }
        if (draw.oneIn(2)) {
            return new Behaviour(
                    CreationKind.PLAIN,
                    0,
                    draw.of(BodyKind.INSTANT, BodyKind.INSTANT, BodyKind.BLOCKING, BodyKind.ASYNC),
                    0,
                    EndKind.SUCCESS,
                    0,
                    draw.below(50),
                    false);
        }
        boolean badCreation = draw.oneIn(4);
        return new Behaviour(
                badCreation ? draw.of(CreationKind.values()) : CreationKind.PLAIN,
                draw.between(1, 3),
                body(draw, plan.hangs()),
                draw.of(0, 0, draw.below(4)),
                draw.oneIn(2) ? EndKind.SUCCESS : draw.of(EndKind.values()),
                draw.oneIn(8) ? draw.between(1, 2) : 0,
                draw.of(0, draw.below(30), draw.below(300), draw.below(5_000)),
                draw.oneIn(8));
    }

    private static BodyKind body(Draw draw, boolean hangs) {
        BodyKind drawn = draw.of(BodyKind.values());
        boolean hanging = drawn == BodyKind.HANGS || drawn == BodyKind.HANGS_ASYNC;
        return hanging && !hangs ? BodyKind.INSTANT : drawn;
    }

    /** Whether the creation fails in an attempt. */
    boolean failsToCreate(int attempt) {
        return switch (creation) {
            case PLAIN -> false;
            case REFUSED, NULL -> true;
            case REFUSED_FOR_NOW, THROWS -> attempt <= creationFailures;
        };
    }

    /** Whether the body fails in an attempt, so that it is tried again. */
    boolean failsToRun(int attempt) {
        int before = creation == CreationKind.PLAIN ? 0 : creationFailures;
        return attempt <= before + bodyFailures;
    }

    /** What it leads to with so many attempts. */
    FileOutcome outcome(int maxAttempts) {
        if (failsToCreate(maxAttempts)) {
            return FileOutcome.MAPPING_ERROR;
        }
        if (failsToRun(maxAttempts)) {
            return FileOutcome.FAILED;
        }
        return end == EndKind.SUCCESS || end == EndKind.TWICE ? FileOutcome.SUCCEEDED : FileOutcome.FAILED;
    }
}
