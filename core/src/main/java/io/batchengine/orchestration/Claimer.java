package io.batchengine.orchestration;

import io.batchengine.model.Text;
import io.batchengine.spi.ClaimRequest;
import io.batchengine.spi.Claimed;
import io.batchengine.spi.Hold;
import io.batchengine.spi.Renewal;
import io.batchengine.spi.StoredBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches up and keeps the hold on them: claims when a batch was created and at every poll, renews the lease three times within
 * it. An engine that could not renew for two thirds of its lease starts nothing more until it can. Confined to decisions, but for
 * the calls themselves.
 */
final class Claimer {
    private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

    private final EngineContext engine;
    private final Recovery recovery;
    /** Batches whose creation is not announced yet: their first event must be that they are pending. */
    private final Set<String> announcing = new HashSet<>();

    private final Map<String, Runnable> held = new HashMap<>(); // claimed, to start once they are announced
    private final List<Hold> late = new ArrayList<>(); // claimed while the engine was being closed
    private boolean claiming;
    private boolean asking; // a claim is under way in the store
    private boolean claimAgain;
    private boolean stopped;
    private boolean ended;
    private long renewedNanos;

    Claimer(EngineContext engine) {
        this.engine = engine;
        this.recovery = new Recovery(engine);
        this.renewedNanos = engine.nanos();
    }

    void start() {
        claim();
        pollLater();
        renewLater();
    }

    /** Takes nothing more up; holds what there is until {@link #end}. */
    void stop() {
        stopped = true;
    }

    /** Whether no claim is under way: none can bring batches any more, once it is stopped. */
    boolean isQuiet() {
        return !asking && held.isEmpty();
    }

    /** What claims brought after {@link #stop}: to be given back. */
    List<Hold> late() {
        return late;
    }

    /** Renews nothing more. */
    void end() {
        ended = true;
    }

    /** Asks the store for work. */
    void claim() {
        int room = Tuning.MAX_ACTIVE_BATCHES - engine.active.size();
        if (stopped || room <= 0) {
            return;
        }
        if (claiming) {
            claimAgain = true;
            return;
        }
        claiming = true;
        asking = true;
        int limit = Math.min(room, Tuning.CLAIM_SIZE);
        ClaimRequest request = new ClaimRequest(
                engine.owner, engine.tuning.lease(), engine.jobTypes.types(), limit, engine.now());
        long askedNanos = engine.nanos();
        engine.decisions.afterwards(() -> engine.io(() -> claim(request, askedNanos)));
    }

    /** A batch is about to be created: it starts only when that is announced. */
    void announcing(String batchId) {
        announcing.add(batchId);
    }

    /** The creation is announced, or has not happened. */
    void announced(String batchId) {
        announcing.remove(batchId);
        Runnable start = held.remove(batchId);
        if (start != null) {
            start.run();
        }
    }

    private void claim(ClaimRequest request, long askedNanos) {
        try {
            List<Claimed> claimed = engine.store.claim(request);
            engine.decisions.submit(() -> claimed(claimed, askedNanos, claimed.size() == request.limit()));
        } catch (Throwable failure) {
            engine.decisions.submit(() -> notClaimed(failure));
        }
    }

    private void claimed(List<Claimed> claimed, long askedNanos, boolean more) {
        claiming = false;
        asking = false;
        engine.problems.clear(Problems.STORE_CLAIM);
        if (!claimed.isEmpty()) {
            renewed(askedNanos);
        }
        for (Claimed one : claimed) {
            String id = one.batch().id();
            Runnable start = () -> takeUp(one);
            if (announcing.contains(id)) {
                held.put(id, start);
            } else {
                start.run();
            }
        }
        if (more || claimAgain) {
            claimAgain = false;
            claim();
        }
    }

    private void takeUp(Claimed claimed) {
        if (!stopped) {
            recovery.takeUp(claimed);
            return;
        }
        StoredBatch batch = claimed.batch();
        Hold hold = new Hold(batch.id(), batch.state().epoch());
        if (ended) { // the store has taken longer than the engine's end
            engine.decisions.afterwards(() -> engine.io(() -> giveBackAfterEnd(hold)));
        } else {
            late.add(hold);
        }
    }

    private void giveBackAfterEnd(Hold hold) {
        try {
            engine.store.renew(engine.owner, engine.tuning.lease(), List.of(hold));
        } catch (Throwable failure) {
            String id = hold.batchId();
            LOG.warn("batch {} could not be given back; its lease lapses: {}", id, Text.describe(failure));
        }
    }

    private void notClaimed(Throwable failure) {
        asking = false;
        String message = "the store fails to claim: " + Text.describe(failure);
        engine.problems.set(Problems.STORE_CLAIM, message);
        LOG.warn("{}", message);
        engine.later(
                () -> {
                    if (!ended) { // a renewal would keep others from what it has left
                        engine.decisions.afterwards(() -> engine.io(this::findStrays));
                    }
                },
                engine.tuning.pollInterval());
    }

    /** A claim of unknown outcome may have given this engine batches that it does not know: it gives them back before it claims again. */
    private void findStrays() {
        try {
            Renewal renewal = engine.store.renew(engine.owner, engine.tuning.lease(), List.of());
            engine.decisions.submit(() -> {
                if (!ended) { // at its end an engine gives back itself what it may
                    cancelled(renewal);
                    List<Hold> strays = renewal.held().stream()
                            .filter(hold -> !isKnown(hold))
                            .sorted(Comparator.comparing(Hold::batchId))
                            .toList();
                    engine.decisions.afterwards(() -> engine.io(() -> giveBack(strays)));
                }
            });
        } catch (Throwable failure) {
            engine.decisions.submit(() -> notClaimed(failure));
        }
    }

    /** Cancel requests of other engines are seen with every renewal. */
    private void cancelled(Renewal renewal) {
        for (Hold hold : renewal.held()) {
            BatchRun run = engine.active.find(hold.batchId());
            if (run != null
                    && run.epoch == hold.epoch()
                    && renewal.cancelRequested().contains(hold.batchId())) {
                run.cancel();
            }
        }
    }

    private void giveBack(List<Hold> strays) {
        try {
            if (!strays.isEmpty()) {
                engine.store.renew(engine.owner, engine.tuning.lease(), strays);
            }
            engine.decisions.submit(() -> {
                claiming = false;
                claim();
            });
        } catch (Throwable failure) {
            engine.decisions.submit(() -> notClaimed(failure));
        }
    }

    private boolean isKnown(Hold hold) {
        BatchRun run = engine.active.find(hold.batchId());
        return (run != null && run.epoch == hold.epoch()) || held.containsKey(hold.batchId());
    }

    private void pollLater() {
        if (!stopped) {
            engine.later(
                    () -> {
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
        List<BatchRun> asked = List.copyOf(engine.active.all());
        if (asked.isEmpty()) {
            renewed(engine.nanos());
            renewLater();
            return;
        }
        long askedNanos = engine.nanos();
        suspendIfLate();
        // Also where the store does not answer at all.
        engine.later(this::suspendIfLate, engine.tuning.lease().dividedBy(3));
        engine.decisions.afterwards(() -> engine.io(() -> {
            try {
                Renewal renewal = engine.store.renew(engine.owner, engine.tuning.lease(), List.of());
                engine.decisions.submit(() -> renewed(asked, renewal, askedNanos));
            } catch (Throwable failure) {
                engine.decisions.submit(() -> {
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
            if (!renewal.held().contains(new Hold(run.batch.id(), run.epoch))) {
                if (engine.active.find(run.batch.id()) == run && !run.isEnding()) {
                    LOG.warn("batch {} is not this engine's any more", run.batch.id());
                    run.lost();
                }
            }
        }
        cancelled(renewal);
        renewLater();
    }

    private void suspendIfLate() {
        long late = engine.tuning.lease().toNanos() / 3 * 2;
        engine.dispatcher.suspend(engine.nanos() - renewedNanos >= late);
    }

    private void renewed(long nanos) {
        renewedNanos = nanos;
        engine.dispatcher.suspend(false);
    }
}
