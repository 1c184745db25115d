package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.batch.BatchRun;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.events.Waiters;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.Renewal;
import io.batchengine.spi.store.StoredBatch;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches up and keeps the hold on them: claims when a batch was created, when a limit gives way and at every poll, renews the lease
 * three times within it. At a poll it looks too for what the limits keep waiting, to mark it. An engine that could not renew for two thirds
 * of its lease starts nothing more until it can. Confined to the serial executor, except for the calls themselves.
 */
public final class Claimer {
    private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

    private final BatchServices engine;
    private final ActiveRuns active;
    private final Waiters waiters;
    private final Recovery recovery;
    /** Batches whose creation is not announced yet: their first event must be that they are pending. */
    private final Set<String> announcing = new HashSet<>();

    private final Map<String, Claimed> held = new HashMap<>(); // claimed, to start once they are announced
    private final Admission admission;
    private final Releaser releaser;
    private final Marking marking;
    private final DamagedBatches damaged;
    private boolean claiming;
    private boolean asking; // a claim is under way in the store
    private boolean claimAgain;
    private long claims; // that were asked for
    private boolean markingDue;
    private boolean stopped;
    private boolean ended;
    private long renewedNanos;

    public Claimer(BatchServices engine, ActiveRuns active, JobTypes jobTypes, Waiters waiters) {
        this.engine = engine;
        this.active = active;
        this.waiters = waiters;
        this.admission = new Admission(engine, active, jobTypes.types(), held.values());
        this.releaser = new Releaser(engine, this::claim);
        this.damaged = new DamagedBatches(engine, engine.committer, engine.events, waiters, releaser);
        this.recovery = new Recovery(engine, active, jobTypes, waiters, damaged);
        this.marking = new Marking(engine, releaser, recovery);
        this.renewedNanos = engine.nanos();
    }

    public void start() {
        active.whenFreed(project -> {
            if (admission.freesPlace(project)) {
                engine.serial.submit(this::claim); // when all of this decision is done
            }
        });
        claim();
        pollLater();
        renewLater();
    }

    /** Takes nothing more up; holds what there is until {@link #end}. */
    public void stop() {
        stopped = true;
        marking.stop();
        damaged.stop();
        releaser.stop();
    }

    /** Whether no claim is under way: none can bring batches any more, once it is stopped. */
    public boolean isQuiet() {
        return !asking && held.isEmpty() && marking.isEmpty() && damaged.isEmpty() && releaser.isQuiet();
    }

    /** What is still to be released, after {@link #stop}. */
    public List<ClaimRef> left() {
        return releaser.left();
    }

    /** What is known of damaged batches. */
    public DamagedBatches damaged() {
        return damaged;
    }

    /** Renews nothing more. */
    public void end() {
        ended = true;
        releaser.end();
    }

    /** Asks the store for work. */
    public void claim() {
        if (stopped) {
            return;
        }
        if (claiming) {
            claimAgain = true;
            return;
        }
        ask(admission.forWork());
    }

    private void ask(@Nullable ClaimRequest request) {
        if (request != null) {
            claiming = true;
            asking = true;
            claims++;
            long askedNanos = engine.nanos();
            engine.serial.afterwards(() -> engine.io(() -> claim(request, askedNanos)));
        }
    }

    /** A batch is about to be created: it starts only when that is announced. */
    public void announcing(String batchId) {
        announcing.add(batchId);
    }

    /** The creation is announced, or has not happened. */
    public void announced(String batchId) {
        announcing.remove(batchId);
        Claimed start = held.remove(batchId);
        if (start != null) {
            takeUp(start);
        }
    }

    private void claim(ClaimRequest request, long askedNanos) {
        try {
            List<Claimed> claimed = engine.store.claim(request);
            engine.serial.submit(() -> claimed(request, claimed, askedNanos));
        } catch (Throwable failure) {
            engine.serial.submit(() -> notClaimed(failure));
        }
    }

    private void claimed(ClaimRequest request, List<Claimed> claimed, long askedNanos) {
        claiming = false;
        asking = false;
        engine.problems.clear(Problems.STORE_CLAIM);
        if (!claimed.isEmpty()) {
            renewed(askedNanos);
        }
        boolean toMark = request.pendingSince() != null;
        boolean isNew = claimed.stream().noneMatch(one -> holds(one.batch().id()));
        claimed.forEach(one -> judge(one, toMark));
        // A store that gives what it has given before would be asked for ever; the next poll asks again.
        boolean more = !toMark && isNew && claimed.size() == request.limit();
        if (more || claimAgain) {
            claimAgain = false;
            claim();
        } else if (markingDue && !stopped) {
            markingDue = false;
            ask(admission.forMarking());
        }
    }

    /** The limits may have changed since it was asked for. */
    private void judge(Claimed claimed, boolean toMark) {
        StoredBatch batch = claimed.batch();
        boolean announced = !announcing.contains(batch.id());
        StatusReason refusal = admission.refusal(batch);
        if (refusal != null && toMark && announced && !stopped) {
            marking.mark(batch, refusal);
        } else if (refusal != null
                && !claimed.ownerLost()) { // who may have killed its owner is known only to who took it over
            releaser.release(batch.claim());
        } else if (announced) {
            takeUp(claimed);
        } else {
            held.put(batch.id(), claimed);
        }
    }

    private void takeUp(Claimed claimed) {
        if (stopped) {
            releaser.release(claimed.batch().claim());
        } else {
            recovery.takeUp(claimed);
        }
    }

    private void notClaimed(Throwable failure) {
        asking = false;
        if (engine.loss.isToldBy(failure)) {
            return;
        }
        String message = "the store fails to claim: " + Text.describe(failure);
        if (failure instanceof BatchEngineException told && told.code() == ErrorCode.STORE_CORRUPT) {
            engine.problems.set(Problems.STORE_CLAIM, message, StatusReason.Code.STORE_CORRUPT);
            waiters.notClaimed(told, this::holds);
        } else {
            engine.problems.set(Problems.STORE_CLAIM, message);
        }
        LOG.warn("{}", message);
        engine.later(
                () -> {
                    if (!ended) { // a renewal would keep others from what it has left
                        engine.serial.afterwards(() -> engine.io(this::findStrays));
                    }
                },
                engine.tuning.pollInterval());
    }

    /** A claim of unknown outcome may have given this engine batches that it does not know: it releases them before it claims again. */
    private void findStrays() {
        try {
            Renewal renewal = engine.store.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), List.of()));
            engine.serial.submit(() -> {
                if (!ended) { // at its end an engine releases itself what it may
                    cancelled(renewal);
                    List<ClaimRef> strays = renewal.held().stream()
                            .filter(claim -> !isKnown(claim))
                            .sorted(Comparator.comparing(ClaimRef::batchId))
                            .toList();
                    engine.serial.afterwards(() -> engine.io(() -> release(strays)));
                }
            });
        } catch (Throwable failure) {
            engine.serial.submit(() -> notClaimed(failure));
        }
    }

    /** Cancel requests of other engines are seen with every renewal. */
    private void cancelled(Renewal renewal) {
        for (ClaimRef claim : renewal.held()) {
            BatchRun run = active.find(claim.batchId());
            if (run != null
                    && run.claim().equals(claim)
                    && renewal.cancelRequested().contains(claim.batchId())) {
                run.cancel();
            }
        }
    }

    private void release(List<ClaimRef> strays) {
        try {
            if (!strays.isEmpty()) {
                engine.store.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), strays));
            }
            engine.serial.submit(() -> {
                claiming = false;
                claim();
            });
        } catch (Throwable failure) {
            engine.serial.submit(() -> notClaimed(failure));
        }
    }

    private boolean holds(String batchId) {
        return active.find(batchId) != null || held.containsKey(batchId);
    }

    private boolean isKnown(ClaimRef claim) {
        BatchRun run = active.find(claim.batchId());
        return (run != null && run.claim().equals(claim))
                || held.containsKey(claim.batchId())
                || marking.holds(claim)
                || damaged.holds(claim)
                || releaser.holds(claim);
    }

    private void pollLater() {
        if (!stopped) {
            engine.later(
                    () -> {
                        markingDue = true;
                        claim();
                        pollLater();
                    },
                    engine.tuning.pollInterval());
        }
    }

    private void renewLater() {
        if (!ended) {
            engine.later(this::renew, engine.tuning.lease().dividedBy(3));
        }
    }

    private void renew() {
        if (ended) {
            return;
        }
        List<BatchRun> asked = List.copyOf(active.all());
        if (asked.isEmpty() && marking.isEmpty() && damaged.isEmpty() && releaser.isEmpty()) {
            renewed(engine.nanos());
            renewLater();
            return;
        }
        long askedNanos = engine.nanos();
        long claimsBefore = claiming ? -1 : claims;
        suspendIfLate();
        // Also where the store does not answer at all.
        engine.later(this::suspendIfLate, engine.tuning.lease().dividedBy(3));
        engine.serial.afterwards(() -> engine.io(() -> {
            try {
                Renewal renewal = engine.store.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), List.of()));
                engine.serial.submit(() -> {
                    renewed(asked, renewal, askedNanos);
                    if (claims == claimsBefore) {
                        releaseUnknown(renewal);
                    }
                });
            } catch (Throwable failure) {
                engine.serial.submit(() -> {
                    if (engine.loss.isToldBy(failure)) {
                        return;
                    }
                    engine.problems.set(Problems.LEASE, "the lease could not be renewed: " + Text.describe(failure));
                    renewLater();
                });
            }
        }));
    }

    private void renewed(List<BatchRun> asked, Renewal renewal, long askedNanos) {
        engine.problems.clear(Problems.LEASE);
        renewed(askedNanos);
        for (BatchRun run : asked) {
            if (!renewal.held().contains(run.claim())) {
                if (active.find(run.batch().id()) == run && !run.isEnding()) {
                    LOG.warn(
                            "batch {} is not this engine's any more",
                            run.batch().id());
                    engine.losses.lost(run.batch().id(), "by a renewal that does not hold it");
                    run.lost();
                }
            }
        }
        cancelled(renewal);
        renewLater();
    }

    /**
     * With no claim under way this engine knows all that it holds, unless the store was set back: to a claim whose batch has ended here since, or
     * whose writes are ahead of the store. Nobody else could take up what it holds and does not know.
     */
    private void releaseUnknown(Renewal renewal) {
        for (ClaimRef claim : renewal.held()) {
            if (!ended && !isKnown(claim)) {
                LOG.warn(
                        "the store says that this engine holds batch {}, which it does not: it is released",
                        claim.batchId());
                releaser.release(claim);
            }
        }
    }

    private void suspendIfLate() {
        long late = engine.tuning.lease().toNanos() / 3 * 2;
        suspend(engine.nanos() - renewedNanos >= late);
    }

    private void renewed(long nanos) {
        renewedNanos = nanos;
        suspend(false);
    }

    private void suspend(boolean on) {
        if (engine.dispatcher.suspend(on)) {
            active.all().forEach(BatchRun::updateGate);
            // Those that fell out of the queue meanwhile stand in it again.
            active.all().forEach(BatchRun::changed);
        }
    }
}
