package io.batchengine;

import java.util.List;

/**
 * How an engine is, for the health check of the service that embeds it.
 *
 * @param status the worst of the problems
 * @param problems what is wrong now, for people, with what the store warns of; empty when all is well
 * @param notes what is worth knowing though nothing is wrong, from the store; no reason to be degraded
 * @param activeBatches batches that this engine owns
 * @param jobsInFlight jobs that have started and not ended
 * @param stuckJobs jobs that were asked to stop, did not within their grace time, and still hold a thread
 * @param refusedWrites writes that the store refused since the engine was built, because another engine had taken the batch over
 * @param droppedEvents events that slow listeners and subscribers have missed since the engine was built
 */
public record EngineHealth(
        Status status,
        List<String> problems,
        List<String> notes,
        int activeBatches,
        int jobsInFlight,
        int stuckJobs,
        long refusedWrites,
        long droppedEvents) {
    /** How bad it is. */
    public enum Status {
        /** All is well. */
        UP,
        /** Something is wrong: the store or the executor refuses its work for now, or the store warns of something. Read the problems. */
        DEGRADED,
        /** The engine is closed. */
        CLOSED
    }

    /** Copies the problems and the notes. */
    public EngineHealth {
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
