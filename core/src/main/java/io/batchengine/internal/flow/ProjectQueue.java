package io.batchengine.internal.flow;

import io.batchengine.limits.Limits;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A job type of a project: its batches that have something to start, the one that is next first, and its back-pressure. */
final class ProjectQueue<B> extends Gate {
    final Project<B> project;
    final TypeQueue<B> typeQueue;
    final AdaptiveLimit adaptive = new AdaptiveLimit(permits);
    final TreeSet<QueuedBatch<B>> ready =
            new TreeSet<>(Comparator.<QueuedBatch<B>>comparingDouble(queued -> queued.share.key())
                    .thenComparingLong(queued -> queued.sequence));
    private boolean inTypeQueue;

    ProjectQueue(Project<B> project, TypeQueue<B> typeQueue, long nowNanos) {
        super(Limits.UNLIMITED, null, nowNanos);
        this.project = project;
        this.typeQueue = typeQueue;
    }

    @Override
    @Nullable
    Duration untilOpen(long nowNanos) {
        return adaptive.left(nowNanos);
    }

    @Override
    void changed() {
        if (isClosed() || project.isClosed() || ready.isEmpty()) {
            leaveTypeQueue();
        } else if (!inTypeQueue) {
            inTypeQueue = true;
            typeQueue.queues.add(this);
        }
    }

    void leaveTypeQueue() {
        if (inTypeQueue) {
            inTypeQueue = false;
            typeQueue.queues.remove(this);
        }
    }

    void add(QueuedBatch<B> queued) {
        ready.add(queued);
        changed();
    }

    void remove(QueuedBatch<B> queued) {
        ready.remove(queued);
        changed();
    }
}
