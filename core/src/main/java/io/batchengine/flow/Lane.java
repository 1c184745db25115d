package io.batchengine.flow;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.model.JobType;
import java.util.Comparator;
import java.util.TreeSet;

/** A job type: the projects that have something of it to start, the one that is next first. */
final class Lane<B> extends Gate {
    final JobType type;
    final TreeSet<Line<B>> lines = new TreeSet<>(Comparator.<Line<B>>comparingDouble(line -> line.project.share.key())
            .thenComparingLong(line -> line.project.sequence));

    Lane(JobType type, JobTypeLimits limits, long nowNanos) {
        super(limits.maxInFlight(), limits.rate(), nowNanos);
        this.type = type;
    }
}
