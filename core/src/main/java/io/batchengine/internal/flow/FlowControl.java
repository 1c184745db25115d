package io.batchengine.internal.flow;

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
 * that has had least for its priority. What a batch has had is the time for which it held slots. A batch stands in a queue while it has something
 * to start; what a limit holds stands aside until the limit gives way, so that nobody is asked in vain: a decision costs the same however many
 * files wait, and grows with the logarithm of the waiting projects and batches.
 *
 * <p>Confined to the serial executor, except for what {@link QueuedBatch} says of itself.
 *
 * @param <B> what stands in a queue
 */
public final class FlowControl<B> {
    private final FlowHost host;
    private final LongSupplier ticker;
    private final Predicate<B> isReady;
    private final EngineGates gates;
    private final Gate engine; // of the gates
    private final Queues<B> queues = new Queues<>();
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

    // Who stands in a queue.

    /**
     * A batch is taken up.
     *
     * @param batch the batch
     * @param projectId its project
     * @param type its job type
     * @param weight its share beside other batches of the project
     * @return its entry, not in a queue yet
     */
    public QueuedBatch<B> join(B batch, String projectId, JobType type, double weight) {
        ProjectQueue<B> queue = queues.enter(projectId, type, limits, ticker.getAsLong());
        return new QueuedBatch<>(gates, batch, queue, limits.maxInFlightPerBatch(), weight, sequence++);
    }

    /**
     * A batch is at its end. What it still holds may be released later.
     *
     * @param queued its entry
     */
    public void leave(QueuedBatch<B> queued) {
        standAside(queued);
        queues.leave(queued.queue, clock, ticker.getAsLong());
    }

    /**
     * A batch has something to start.
     *
     * @param queued its entry
     */
    public void offer(QueuedBatch<B> queued) {
        if (queued.inQueue) {
            return;
        }
        Project<B> project = queued.queue.project;
        if (project.isIdle()) {
            project.share.rejoin(clock);
        }
        if (queued.permits.inUse() == 0) {
            queued.share.rejoin(project.clock);
        }
        queued.inQueue = true;
        queued.queue.add(queued);
    }

    /**
     * Gives a slot to the batch that is next, for a turn that tells when it has {@link QueuedBatch#arrived}. It is out of the queue then.
     *
     * @return the batch, or null where nothing may start
     */
    public @Nullable B next() {
        while (engine.permits.isFree()) {
            QueuedBatch<B> next = queues.first();
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
     * @param queued its entry
     * @return whether there was one
     */
    public boolean acquire(QueuedBatch<B> queued) {
        boolean taken = take(queued);
        if (taken) {
            reorder(queued, () -> {});
        }
        return taken;
    }

    /**
     * A slot comes back.
     *
     * @param queued whose
     * @param heldNanos for how long it was held
     * @param starts how many jobs were started in it
     */
    public void release(QueuedBatch<B> queued, long heldNanos, int starts) {
        queued.release();
        reorder(queued, () -> {
            queued.share.charge(heldNanos, starts);
            queued.queue.project.share.charge(heldNanos, starts);
        });
        released(queued);
    }

    /**
     * Something was taken and given back: what was closed for it is asked again.
     *
     * @param queued whose
     */
    public void released(QueuedBatch<B> queued) {
        ProjectQueue<B> queue = queued.queue;
        queue.typeQueue.open();
        queue.project.open();
        queue.open();
        gates.released();
    }

    // Back-pressure.

    /**
     * A job factory, or a job, said "not now".
     *
     * @param queued of which batch; the attempt still holds its slot
     * @param wait for how long
     * @param startedNanos when the attempt began
     * @param idle how many slots of this job type in this project are held for jobs that have not started
     */
    public void refused(QueuedBatch<B> queued, Duration wait, long startedNanos, int idle) {
        ProjectQueue<B> queue = queued.queue;
        long now = ticker.getAsLong();
        int running = queue.permits.inUse() - 1 - idle;
        queue.adaptive.refused(wait, startedNanos, running, now);
        queue.close(now, host);
    }

    /**
     * Jobs were accepted.
     *
     * @param queued of which batch
     * @param jobs how many have ended
     */
    public void accepted(QueuedBatch<B> queued, int jobs) {
        queued.queue.adaptive.accepted(jobs, engine.permits.limit(), ticker.getAsLong());
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
    public void useLimits(List<QueuedBatch<B>> places) {
        Limits changed = limits;
        long now = ticker.getAsLong();
        gates.changing();
        change(engine, changed.maxInFlight(), null, now);
        for (TypeQueue<B> typeQueue : queues.typeQueues()) {
            JobTypeLimits own = changed.jobType(typeQueue.type);
            change(typeQueue, own.maxInFlight(), own.rate(), now);
        }
        for (Project<B> project : queues.projects()) {
            ProjectLimits own = changed.project(project.id);
            project.reorder(() -> project.share.weight(own.weight()));
            change(project, own.maxInFlight(), own.rate(), now);
        }
        for (QueuedBatch<B> queued : places) {
            gates.change(queued.permits, changed.maxInFlightPerBatch());
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
     * @param queued its entry
     * @return the limit, or null where it may have the next slot
     */
    public @Nullable LimitReason holdOf(QueuedBatch<B> queued) {
        return LimitReasons.of(queued, engine, ticker.getAsLong());
    }

    /** Takes a slot for a batch; where a limit refuses, all that it holds stands aside until it gives way. */
    private boolean take(QueuedBatch<B> queued) {
        long now = ticker.getAsLong();
        Gate refusing = queued.closed(now);
        if (refusing == null) {
            refusing = queued.refusing();
        }
        if (refusing == gates.none) {
            standAside(queued);
        } else if (refusing != null && refusing != engine) {
            refusing.close(now, host);
        } else if (refusing == null) {
            queued.promise();
        }
        return refusing == null;
    }

    private void standAside(QueuedBatch<B> queued) {
        if (queued.inQueue) {
            queued.inQueue = false;
            queued.queue.remove(queued);
        }
    }

    private void moveClocks(QueuedBatch<B> next) {
        Project<B> project = next.queue.project;
        clock = Math.max(clock, project.share.reached());
        project.clock = Math.max(project.clock, next.share.reached());
        project.share.catchUp(clock, project.permits.inUse());
        next.share.catchUp(project.clock, next.permits.inUse());
    }

    /** Changes what a batch and its project are ordered by. */
    private void reorder(QueuedBatch<B> queued, Runnable change) {
        ProjectQueue<B> queue = queued.queue;
        queue.project.reorder(() -> {
            if (queued.inQueue) {
                queue.ready.remove(queued);
            }
            change.run();
            queued.share.refresh(queued.permits.inUse());
            if (queued.inQueue) {
                queue.ready.add(queued);
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
        return queues.projects().size();
    }
}
