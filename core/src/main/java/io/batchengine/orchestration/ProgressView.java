package io.batchengine.orchestration;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.StoredBatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes a batch's progress of what is recorded and what its run knows. */
final class ProgressView {
    private ProgressView() {}

    static BatchProgress of(
            StoredBatch batch, @Nullable BatchRun run, long nowNanos, @Nullable StatusReason storeFailure) {
        StoredBatch.State state = batch.state();
        FileCounts counts = state.counts();
        double rate = rate(batch, run, nowNanos);
        double pace = run == null || state.status().isTerminal() ? 0 : run.pace.perSecond(nowNanos);
        Duration left = run != null && state.listingEnded() && pace > 0
                ? left(counts.listed() - counts.settled(), pace, run)
                : null;
        return new BatchProgress(
                batch.id(),
                state.status(),
                counts,
                run == null ? 0 : run.inFlight.count(),
                state.listingEnded(),
                state.cancelRequested(),
                storeFailure == null || state.status().isTerminal() ? reason(state, run) : storeFailure,
                rate,
                left,
                state.startedAt(),
                state.finishedAt(),
                batch.request().requestedBy(),
                batch.request().retryOf());
    }

    /** One more attempt for each file at this pace, and not before the last retry that waits is due. */
    private static Duration left(long files, double pace, BatchRun run) {
        Duration atPace = Duration.ofMillis((long) (1_000 * files / pace));
        Duration waiting = files == 0 ? Duration.ZERO : run.delayed.longestWait(run.engine.now());
        return waiting.compareTo(atPace) > 0 ? waiting : atPace;
    }

    /** Its owner may know better when it moves on than what is recorded. */
    private static @Nullable StatusReason reason(StoredBatch.State state, @Nullable BatchRun run) {
        StatusReason present = run == null ? null : run.throttle().reason();
        return state.status() == BatchStatus.THROTTLED && present != null ? present : state.reason();
    }

    private static double rate(StoredBatch batch, @Nullable BatchRun run, long nowNanos) {
        FileCounts counts = batch.state().counts();
        if (run != null) {
            return run.rate.perSecond(nowNanos);
        }
        if (batch.state().startedAt() == null || batch.state().finishedAt() == null) {
            return 0;
        }
        double seconds =
                Duration.between(batch.state().startedAt(), batch.state().finishedAt())
                                .toNanos()
                        / 1e9;
        return seconds <= 0 ? 0 : counts.settled() / seconds;
    }
}
