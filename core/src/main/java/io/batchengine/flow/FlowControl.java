package io.batchengine.flow;

import io.batchengine.limits.JobTypeLimits;
import io.batchengine.limits.Limits;
import io.batchengine.limits.ProjectLimits;
import io.batchengine.limits.Rate;
import io.batchengine.model.JobType;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says which batch has the next slot: of those that no limit holds, one of the project that has had least for its weight, and there the batch
 * that has had least for its priority. What a batch has had is the time for which it held slots. A batch stands in line while it has something
 * to start; what a limit holds stands aside until the limit gives way, so that nobody is asked in vain: a decision costs the same however many
 * files wait, and grows with the logarithm of the waiting projects and batches.
 *
 * <p>Confined to decisions, but for what {@link Place} says of itself.
 *
 * @param <B> what stands in line
 */
public final class FlowControl<B> {
    private final FlowHost host;
    private final LongSupplier ticker;
    private final Predicate<B> isReady;
    private final EngineGates gates;
    private final Gate engine; // of the gates
    private final Lines<B> lines = new Lines<>();
    private volatile Limits limits;
    private double clock; // how far projects have come: where one comes back
    private long sequence;

    /**
     * Flow control of an engine.
     *
     * @param limits the limits at first
     * @param ticker in nanoseconds
     * @param isReady whether a batch has something to start
     * @param host where its work is done
     */
    public FlowControl(Limits limits, LongSupplier ticker, Predicate<B> isReady, FlowHost host) {
        this.limits = limits;
        this.ticker = ticker;
        this.isReady = isReady;
        this.host = host;
        this.gates = new EngineGates(limits.maxInFlight(), ticker.getAsLong());
        this.engine = gates.engine;
    }

    // Who stands in line.

    /**
     * A batch is taken up.
     *
     * @param batch the batch
     * @param projectId its project
     * @param type its job type
     * @param weight its share beside other batches of the project
     * @return its place, not in line yet
     */
    public Place<B> join(B batch, String projectId, JobType type, double weight) {
        Line<B> line = lines.enter(projectId, type, limits, ticker.getAsLong());
        return new Place<>(gates, batch, line, limits.maxInFlightPerBatch(), weight, sequence++);
    }

    /**
     * A batch is at its end. What it still holds may be released later.
     *
     * @param place its place
     */
    public void leave(Place<B> place) {
        standAside(place);
        lines.leave(place.line, clock, ticker.getAsLong());
    }

    /**
     * A batch has something to start.
     *
     * @param place its place
     */
    public void offer(Place<B> place) {
        if (place.inLine) {
            return;
        }
        Project<B> project = place.line.project;
        if (project.isIdle()) {
            project.share.rejoin(clock);
        }
        if (place.permits.inUse() == 0) {
            place.share.rejoin(project.clock);
        }
        place.inLine = true;
        place.line.add(place);
    }

    /**
     * Gives a slot to the batch that is next, for a turn that tells when it has {@link Place#arrived}. It is out of the line then.
     *
     * @return the batch, or null where nothing may start
     */
    public @Nullable B next() {
        while (engine.permits.isFree()) {
            Place<B> next = lines.first();
            if (next == null) {
                return null;
            }
            if (!isReady.test(next.batch)) {
                standAside(next);
            } else if (take(next)) {
                standAside(next);
                reorder(next, () -> moveClocks(next));
                return next.batch;
            }
        }
        return null;
    }

    /**
     * Gives a slot to a batch out of turn, as {@link #next}.
     *
     * @param place its place
     * @return whether there was one
     */
    public boolean acquire(Place<B> place) {
        boolean taken = take(place);
        if (taken) {
            reorder(place, () -> {});
        }
        return taken;
    }

    /**
     * A slot comes back.
     *
     * @param place whose
     * @param heldNanos for how long it was held
     * @param starts how many jobs were started in it
     */
    public void release(Place<B> place, long heldNanos, int starts) {
        place.release();
        reorder(place, () -> {
            place.share.charge(heldNanos, starts);
            place.line.project.share.charge(heldNanos, starts);
        });
        released(place);
    }

    /**
     * Something was taken and given back: what was closed for it is asked again.
     *
     * @param place whose
     */
    public void released(Place<B> place) {
        Line<B> line = place.line;
        line.lane.open();
        line.project.open();
        line.open();
        gates.released();
    }

    // Back-pressure.

    /**
     * A job factory, or a job, said "not now".
     *
     * @param place of which batch; the attempt still holds its slot
     * @param wait for how long
     * @param startedNanos when the attempt began
     * @param idle how many slots of this job type in this project are held for jobs that have not started
     */
    public void refused(Place<B> place, Duration wait, long startedNanos, int idle) {
        Line<B> line = place.line;
        long now = ticker.getAsLong();
        int running = line.permits.inUse() - 1 - idle;
        line.pressure.refused(wait, startedNanos, running, now);
        line.close(now, host);
    }

    /**
     * Jobs were accepted.
     *
     * @param place of which batch
     * @param jobs how many have ended
     */
    public void accepted(Place<B> place, int jobs) {
        place.line.pressure.accepted(jobs, engine.permits.limit(), ticker.getAsLong());
    }

    // Limits.

    /**
     * The limits.
     *
     * @return as they were last given; any thread
     */
    public Limits limits() {
        return limits;
    }

    /**
     * Gives other limits; they are used from {@link #useLimits} on. Any thread.
     *
     * @param changed the new limits
     */
    public void limits(Limits changed) {
        limits = changed;
    }

    /**
     * Uses the limits that were last given: raised ones at once.
     *
     * @param places all places
     */
    public void useLimits(List<Place<B>> places) {
        Limits changed = limits;
        long now = ticker.getAsLong();
        gates.changing();
        change(engine, changed.maxInFlight(), null, now);
        for (Lane<B> lane : lines.lanes()) {
            JobTypeLimits own = changed.jobType(lane.type);
            change(lane, own.maxInFlight(), own.rate(), now);
        }
        for (Project<B> project : lines.projects()) {
            ProjectLimits own = changed.project(project.id);
            project.reorder(() -> project.share.weight(own.weight()));
            change(project, own.maxInFlight(), own.rate(), now);
        }
        for (Place<B> place : places) {
            gates.change(place.permits, changed.maxInFlightPerBatch());
        }
        gates.changed();
        host.dispatch();
    }

    /**
     * Jobs in flight.
     *
     * @return slots that are taken; any thread
     */
    public int inFlight() {
        return engine.permits.inUse();
    }

    /**
     * Which limit holds a batch now.
     *
     * @param place its place
     * @return the limit, or null where it may have the next slot
     */
    public @Nullable Hold holdOf(Place<B> place) {
        return Holds.of(place, engine, ticker.getAsLong());
    }

    /** Takes a slot for a place; where a limit refuses, all that it holds stands aside until it gives way. */
    private boolean take(Place<B> place) {
        long now = ticker.getAsLong();
        Gate refusing = place.closed(now);
        if (refusing == null) {
            refusing = place.refusing();
        }
        if (refusing == gates.none) {
            standAside(place);
        } else if (refusing != null && refusing != engine) {
            refusing.close(now, host);
        } else if (refusing == null) {
            place.promise();
        }
        return refusing == null;
    }

    private void standAside(Place<B> place) {
        if (place.inLine) {
            place.inLine = false;
            place.line.remove(place);
        }
    }

    private void moveClocks(Place<B> next) {
        Project<B> project = next.line.project;
        clock = Math.max(clock, project.share.reached());
        project.clock = Math.max(project.clock, next.share.reached());
        project.share.catchUp(clock, project.permits.inUse());
        next.share.catchUp(project.clock, next.permits.inUse());
    }

    /** Changes what a place and its project are ordered by. */
    private void reorder(Place<B> place, Runnable change) {
        Line<B> line = place.line;
        line.project.reorder(() -> {
            if (place.inLine) {
                line.ready.remove(place);
            }
            change.run();
            place.share.refresh(place.permits.inUse());
            if (place.inLine) {
                line.ready.add(place);
            }
        });
    }

    private void change(Gate gate, int maxInFlight, @Nullable Rate rate, long now) {
        gates.change(gate.permits, maxInFlight);
        if (!Objects.equals(gate.tokens.rate(), rate)) {
            gate.tokens.rate(rate, now);
        }
        gate.open();
    }

    /** How many projects are known, with those of which something is remembered. */
    int projects() {
        return lines.projects().size();
    }
}
