package io.batchengine.internal.flow;

import io.batchengine.limits.ProjectLimits;
import java.util.ArrayList;
import java.util.List;

/** What all batches of a project share. */
final class Project<B> extends Gate {
    final String id;
    final Share share;
    final long sequence;
    final List<ProjectQueue<B>> queues = new ArrayList<>(1); // one for each job type
    int places;
    long leftNanos; // when the last of them left
    double clock; // how far its batches have come: where one comes back

    Project(String id, ProjectLimits limits, long sequence, long nowNanos) {
        super(limits.maxInFlight(), limits.rate(), nowNanos);
        this.id = id;
        this.share = new Share(limits.weight());
        this.sequence = sequence;
    }

    @Override
    void changed() {
        queues.forEach(ProjectQueue::changed);
    }

    /** Whether it wants no slot and has none. */
    boolean isIdle() {
        return permits.inUse() == 0 && queues.stream().allMatch(queue -> queue.ready.isEmpty());
    }

    /**
     * Whether nothing is to be remembered of it; what it had beyond the others for as long as that was, or a project whose batches come one by
     * one would owe nothing ever.
     */
    boolean isForgotten(double engineClock, long nowNanos) {
        return places == 0
                && nowNanos - leftNanos >= share.ahead(engineClock)
                && permits.inUse() == 0
                && tokens.isFull(nowNanos)
                && queues.stream().allMatch(queue -> queue.adaptive.isForgotten(nowNanos));
    }

    /** Changes what it is ordered by. */
    void reorder(Runnable change) {
        queues.forEach(ProjectQueue::leaveTypeQueue);
        change.run();
        share.refresh(permits.inUse());
        queues.forEach(ProjectQueue::changed);
    }
}
