package io.batchengine.internal.engine;

import io.batchengine.internal.engine.base.StoreWarnings;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.claim.ActiveRuns;
import java.util.ArrayList;
import java.util.List;

/** What health tells of an engine. Any thread. */
public final class Gauges {
    private final BatchServices context;
    private final ActiveRuns active;

    Gauges(BatchServices context, ActiveRuns active) {
        this.context = context;
        this.active = active;
    }

    /**
     * What is wrong now.
     *
     * @return messages for people
     */
    public List<String> problems() {
        List<String> all = new ArrayList<>(context.problems.messages());
        all.addAll(context.storeCalls.late());
        all.addAll(context.directoryCalls.late());
        all.addAll(context.hostCalls.late());
        all.addAll(context.tasks.late());
        context.dispatcher.allStuck().ifPresent(all::add);
        all.addAll(StoreWarnings.warnings(context.store));
        return all;
    }

    /**
     * What is worth knowing of the store though nothing is wrong.
     *
     * @return messages for people
     */
    public List<String> notes() {
        return StoreWarnings.notes(context.store);
    }

    /**
     * Batches that this engine owns.
     *
     * @return how many
     */
    public int activeBatches() {
        return active.size();
    }

    /**
     * Jobs that have started and not ended.
     *
     * @return how many
     */
    public int jobsInFlight() {
        return context.flow.inFlight();
    }

    /**
     * Jobs that were given up and still run.
     *
     * @return how many
     */
    public int stuckJobs() {
        return context.dispatcher.stuck().size();
    }

    /**
     * Writes that the store refused, because another engine had taken the batch over.
     *
     * @return how many since the start
     */
    public long refusedWrites() {
        return context.committer.refusedWrites();
    }

    /**
     * Events that slow listeners missed.
     *
     * @return how many since the start
     */
    public long droppedEvents() {
        return context.events.dropped();
    }
}
