package io.batchengine.internal.flow;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.model.JobType;
import java.util.Comparator;
import java.util.TreeSet;

/** A job type: the projects that have something of it to start, the one that is next first. */
final class TypeQueue<B> extends Gate {
    final JobType type;
    final TreeSet<ProjectQueue<B>> queues =
            new TreeSet<>(Comparator.<ProjectQueue<B>>comparingDouble(queue -> queue.project.share.key())
                    .thenComparingLong(queue -> queue.project.sequence));

    TypeQueue(JobType type, JobTypeLimits limits, long nowNanos) {
        super(limits.maxInFlight(), limits.rate(), nowNanos);
        this.type = type;
    }
}
