package io.batchengine.internal.engine.events;

import io.batchengine.model.BatchProgress;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes a batch's progress of what is recorded and what its run knows. */
public final class ProgressView {
    private ProgressView() {}

    /**
     * What only the owner of a batch knows.
     *
     * @param inFlight jobs
     * @param filesPerSecond that were settled of late
     * @param attemptsPerSecond that have ended of late
     * @param longestWait until the last retry that waits is due
     * @param throttled what keeps its next job from starting, or null
     */
    public record Running(
            int inFlight,
            double filesPerSecond,
            double attemptsPerSecond,
            Duration longestWait,
            @Nullable StatusReason throttled) {}

    public static BatchProgress of(StoredBatch batch, @Nullable Running running, @Nullable StatusReason storeFailure) {
        BatchState state = batch.state();
        FileCounts counts = state.counts();
        return BatchProgress.builder()
                .batchId(batch.id())
                .status(state.status())
                .counts(counts)
                .inFlight(running == null ? 0 : running.inFlight)
                .listingEnded(state.listingEnded())
                .cancelRequested(state.cancelRequested())
                .reason(storeFailure == null || state.status().isTerminal() ? reason(state, running) : storeFailure)
                .filesPerSecond(running == null ? average(state) : running.filesPerSecond)
                .timeLeft(running == null ? null : left(state, running))
                .startedAt(state.startedAt())
                .finishedAt(state.finishedAt())
                .requestedBy(batch.request().requestedBy())
                .retryOf(batch.request().retryOf())
                .build();
    }

    /** One more attempt for each file at this pace, and not before the last retry that waits is due. */
    private static @Nullable Duration left(BatchState state, Running running) {
        double pace = running.attemptsPerSecond;
        if (!state.listingEnded() || state.status().isTerminal() || pace <= 0) {
            return null;
        }
        long files = state.counts().listed() - state.counts().settled();
        Duration atPace = Duration.ofMillis((long) (1_000 * files / pace));
        Duration waiting = files == 0 ? Duration.ZERO : running.longestWait;
        return waiting.compareTo(atPace) > 0 ? waiting : atPace;
    }

    /** Its owner may know better when it moves on than what is recorded. */
    private static @Nullable StatusReason reason(BatchState state, @Nullable Running running) {
        StatusReason present = running == null ? null : running.throttled;
        return state.status() == BatchStatus.THROTTLED && present != null ? present : state.reason();
    }

    /** Files per second over all of its time; 0 where it has not ended. */
    private static double average(BatchState state) {
        if (state.startedAt() == null || state.finishedAt() == null) {
            return 0;
        }
        double seconds = Duration.between(state.startedAt(), state.finishedAt()).toNanos() / 1e9;
        return seconds <= 0 ? 0 : state.counts().settled() / seconds;
    }
}
