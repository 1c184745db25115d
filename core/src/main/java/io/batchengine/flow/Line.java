package io.batchengine.flow;

import io.batchengine.limits.Limits;
import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A job type of a project: its batches that have something to start, the one that is next first, and its back-pressure. */
final class Line<B> extends Gate {
    final Project<B> project;
    final Lane<B> lane;
    final Pressure pressure = new Pressure(permits);
    final TreeSet<Place<B>> ready = new TreeSet<>(Comparator.<Place<B>>comparingDouble(place -> place.share.key())
            .thenComparingLong(place -> place.sequence));
    private boolean inLane;

    Line(Project<B> project, Lane<B> lane, long nowNanos) {
        super(Limits.UNLIMITED, null, nowNanos);
        this.project = project;
        this.lane = lane;
    }

    @Override
    @Nullable
    Duration untilOpen(long nowNanos) {
        return pressure.left(nowNanos);
    }

    @Override
    void changed() {
        if (isClosed() || project.isClosed() || ready.isEmpty()) {
            leaveLane();
        } else if (!inLane) {
            inLane = true;
            lane.lines.add(this);
        }
    }

    void leaveLane() {
        if (inLane) {
            inLane = false;
            lane.lines.remove(this);
        }
    }

    void add(Place<B> place) {
        ready.add(place);
        changed();
    }

    void remove(Place<B> place) {
        ready.remove(place);
        changed();
    }
}
