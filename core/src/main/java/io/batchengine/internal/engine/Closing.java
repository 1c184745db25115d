package io.batchengine.internal.engine;

import io.batchengine.internal.engine.base.EngineParts;
import io.batchengine.internal.engine.batch.BatchRun;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.claim.ActiveRuns;
import io.batchengine.internal.engine.claim.Claimer;
import io.batchengine.internal.engine.events.Waiters;
import io.batchengine.internal.engine.job.StopCause;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.RenewRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of an engine: nothing starts; running jobs may end until half of the deadline, then they are asked to stop; what is done is
 * written; the batches are released; listeners hear the rest; threads end. At the deadline whatever is missing is left: leases lapse,
 * and another engine goes on from what is recorded. Confined to the serial executor.
 */
public final class Closing {
    /**
     * How it went.
     *
     * @param clean whether everything was done in time
     * @param stuckJobs the ids of jobs that did not stop
     * @param releasedBatches how many batches were released
     */
    public record End(boolean clean, List<String> stuckJobs, int releasedBatches) {}

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final Duration CHECK = Duration.ofMillis(5);

    private final BatchServices engine;
    private final ActiveRuns active;
    private final Waiters waiters;
    private final EngineParts.OpenStore store;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private @Nullable Claimer claimer;
    private boolean releasing;
    private boolean finished;
    private volatile boolean requested;

    Closing(BatchServices engine, ActiveRuns active, Waiters waiters, EngineParts.OpenStore store) {
        this.engine = engine;
        this.active = active;
        this.waiters = waiters;
        this.store = store;
    }

    boolean isRequested() {
        return requested;
    }

    /** Any thread. */
    CompletionStage<End> close(Claimer claimer, Duration deadline) {
        requested = true;
        engine.serial.submit(() -> begin(claimer, deadline));
        return end.copy();
    }

    private void begin(Claimer claimer, Duration deadline) {
        if (this.claimer != null) {
            return;
        }
        this.claimer = claimer;
        claimer.stop();
        engine.dispatcher.stop();
        active.all().forEach(BatchRun::release);
        engine.later(() -> active.all().forEach(run -> run.stopRunning(StopCause.RELEASE)), deadline.dividedBy(2));
        engine.later(this::deadlineOver, deadline);
        check();
    }

    /** Looks whether all has ended; again a little later where it has not. */
    private void check() {
        Claimer taking = claimer;
        if (releasing || finished || taking == null) {
            return;
        }
        boolean quiet = active.all().stream()
                .allMatch(run -> run.isQuiet() && !run.isPaused()); // what it writes after its release is refused
        if (quiet) {
            active.all().forEach(run -> run.clearMarks());
        }
        if (quiet && engine.loss.failure() != null) {
            release(List.of()); // there is nothing that it could be released to
        } else if (quiet && engine.committer.isIdle() && taking.isQuiet()) {
            release(taking.left());
        } else {
            engine.later(this::check, CHECK);
        }
    }

    private void release(List<ClaimRef> left) {
        releasing = true;
        List<ClaimRef> holds = new ArrayList<>(left);
        active.all().forEach(run -> holds.add(run.claim()));
        engine.serial.afterwards(() -> engine.io(() -> {
            boolean released = true;
            if (!holds.isEmpty()) {
                try {
                    BatchStore shared = engine.store;
                    shared.renew(RenewRequest.of(engine.owner, engine.tuning.lease(), holds));
                } catch (Throwable failure) {
                    LOG.warn("batches could not be released; their leases lapse: {}", Text.describe(failure));
                    released = false;
                }
            }
            boolean done = released;
            engine.serial.submit(() -> engine.events.whenDelivered(() -> engine.serial.submit(
                    () -> finish(new End(done && stuck().isEmpty(), stuck(), done ? holds.size() : 0)))));
        }));
    }

    private void deadlineOver() {
        if (!finished) {
            List<String> stuck = stuck();
            LOG.warn("the engine is closed at its deadline with {} jobs that did not stop", stuck.size());
            finish(new End(false, stuck, 0));
        }
    }

    private List<String> stuck() {
        List<String> ids = new ArrayList<>();
        active.all().forEach(run -> run.inFlight().attempts().forEach(attempt -> ids.add(attempt.jobId())));
        engine.dispatcher.stuck().forEach(attempt -> ids.add(attempt.jobId()));
        Collections.sort(ids); // the same report for the same jobs
        return ids;
    }

    private void finish(End how) {
        if (finished) {
            return;
        }
        finished = true;
        if (claimer != null) {
            claimer.end();
        }
        List.copyOf(active.all()).forEach(BatchRun::lost);
        engine.serial.afterwards(() -> engine.io(() -> {
            waiters.close();
            engine.events.close();
            if (store.owned()) {
                try {
                    store.store().close();
                } catch (Throwable failure) {
                    LOG.warn("closing the store failed: {}", Text.describe(failure));
                }
            }
            engine.end();
            end.complete(how);
        }));
    }
}
