package io.batchengine.orchestration;

import io.batchengine.spi.ListedPage;
import io.batchengine.spi.ParkedFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier engine left of a batch.
 *
 * @param ownerLost whether that engine was lost, and with it what it had started
 * @param pages recorded pages that are not settled as a whole
 * @param settled ordinals in them that are settled
 * @param unsettled files in them that are to be started
 * @param listedEnd the ordinal behind the last recorded page
 */
record Recovered(
        boolean ownerLost, List<ListedPage> pages, List<Long> settled, List<Unsettled> unsettled, long listedEnd) {
    /**
     * A file that was not settled.
     *
     * @param again the file
     * @param parked what is recorded of it, or null
     */
    record Unsettled(Again again, @Nullable ParkedFile parked) {
        /** How often its engine was lost while it ran alone. */
        int deaths(boolean ownerLost) {
            if (parked == null) {
                return 0;
            }
            boolean oneMore = ownerLost && parked.mark() == ParkedFile.StartMark.ALONE;
            return parked.deaths() + (oneMore ? 1 : 0);
        }

        /** Whether it was among the few that ran under suspicion when the engine was lost. */
        boolean isPrimeSuspect(boolean ownerLost) {
            return parked != null && (parked.deaths() > 0 || (ownerLost && parked.mark() != ParkedFile.StartMark.NONE));
        }
    }
}
