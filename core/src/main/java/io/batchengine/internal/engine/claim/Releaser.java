package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.Closing;
import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.model.Text;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.RenewRequest;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Releases batches that this engine holds and does not work on: what gathers in one call of the store, again while the store fails. Once
 * the engine is being closed they wait for {@link Closing}. Confined to the serial executor, except for the calls themselves.
 */
final class Releaser {
    private static final Logger LOG = LoggerFactory.getLogger(Releaser.class);

    private final EngineBase engine;
    private final Runnable whenGivenBack;
    private final List<ClaimRef> due = new ArrayList<>();
    private List<ClaimRef> underWay = List.of();
    private boolean begun;
    private boolean stopped;
    private boolean ended;

    Releaser(EngineBase engine, Runnable whenGivenBack) {
        this.engine = engine;
        this.whenGivenBack = whenGivenBack;
    }

    void release(ClaimRef claim) {
        if (ended) { // the store has taken longer than the engine's end
            engine.serial.afterwards(() -> engine.io(() -> giveBackAfterEnd(claim)));
            return;
        }
        due.add(claim);
        if (!begun && !stopped) {
            begun = true;
            engine.serial.submit(this::begin);
        }
    }

    boolean holds(ClaimRef claim) {
        return due.contains(claim) || underWay.contains(claim);
    }

    boolean isEmpty() {
        return due.isEmpty() && underWay.isEmpty();
    }

    /** Whether no call is under way. */
    boolean isQuiet() {
        return underWay.isEmpty();
    }

    /** What is still to be released. */
    List<ClaimRef> left() {
        return List.copyOf(due);
    }

    /** Begins no call any more. */
    void stop() {
        stopped = true;
    }

    /** Nobody else releases what comes from now on. */
    void end() {
        stopped = true;
        ended = true;
    }

    private void begin() {
        begun = false;
        if (stopped || due.isEmpty() || !underWay.isEmpty()) {
            return;
        }
        List<ClaimRef> holds = List.copyOf(due);
        due.clear();
        underWay = holds;
        engine.serial.afterwards(() -> engine.io(() -> release(holds)));
    }

    private void release(List<ClaimRef> holds) {
        try {
            engine.store.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), holds));
            engine.serial.submit(() -> {
                underWay = List.of();
                begin();
                whenGivenBack.run();
            });
        } catch (Throwable failure) {
            engine.serial.submit(() -> notGivenBack(failure));
        }
    }

    private void notGivenBack(Throwable failure) {
        if (engine.loss.isToldBy(failure)) {
            underWay = List.of();
            return;
        }
        LOG.warn("{} batches could not be released yet: {}", underWay.size(), Text.describe(failure));
        due.addAll(underWay);
        underWay = List.of();
        begun = true;
        engine.later(this::begin, engine.tuning.pollInterval());
    }

    private void giveBackAfterEnd(ClaimRef claim) {
        try {
            engine.store.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), List.of(claim)));
        } catch (Throwable failure) {
            String id = claim.batchId();
            LOG.warn("batch {} could not be released; its lease lapses: {}", id, Text.describe(failure));
        }
    }
}
