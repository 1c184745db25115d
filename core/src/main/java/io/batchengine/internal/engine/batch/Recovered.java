package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.spi.DelayedFile;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier engine left of a batch.
 *
 * @param ownerLost whether that engine was lost, and with it what it had started
 * @param pages recorded pages that are not settled as a whole
 * @param unsettled files in them that are to be started, or wait for a retry in memory
 * @param storedDelays how many more files in them wait for a retry in the store alone
 * @param firstDue when the first of these is due, or null where there are none
 * @param listedEnd one more than the last ordinal of the recorded pages
 */
public record Recovered(
        boolean ownerLost,
        List<OpenPage> pages,
        List<Unsettled> unsettled,
        long storedDelays,
        @Nullable Instant firstDue,
        long listedEnd) {
    /**
     * A file that was not settled.
     *
     * @param again the file
     * @param delayed what is recorded of it, or null
     */
    record Unsettled(RequeuedFile again, @Nullable DelayedFile delayed) {
        /** How often its engine was lost while it ran alone. */
        int crashes(boolean ownerLost) {
            if (delayed == null) {
                return 0;
            }
            boolean oneMore = ownerLost && delayed.mark() == DelayedFile.StartMark.ALONE;
            return delayed.crashes() + (oneMore ? 1 : 0);
        }

        /** Whether it was among the few that ran under suspicion when the engine was lost. */
        boolean isPrime(boolean ownerLost) {
            return delayed != null
                    && (delayed.crashes() > 0 || (ownerLost && delayed.mark() != DelayedFile.StartMark.NONE));
        }
    }
}
