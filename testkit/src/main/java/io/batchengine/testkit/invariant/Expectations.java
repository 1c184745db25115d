package io.batchengine.testkit.invariant;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchRecord;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * What a run leads to whatever happens meanwhile, as far as its author knows.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Expectations {
    /** Nothing is known. */
    Expectations NONE = new Expectations() {
        @Override
        public Optional<List<String>> filesOf(BatchRecord batch) {
            return Optional.empty();
        }

        @Override
        public Optional<FileOutcome> outcomeOf(BatchRecord batch, String fileId) {
            return Optional.empty();
        }
    };

    /**
     * The files of a batch's source directory.
     *
     * @param batch the batch
     * @return their ids in order, or empty where the directory changes, or can't be listed
     */
    Optional<List<String>> filesOf(BatchRecord batch);

    /**
     * How a file ends in a batch that is COMPLETED.
     *
     * @param batch the batch
     * @param fileId the file
     * @return its outcome, or empty where it depends on time
     */
    Optional<FileOutcome> outcomeOf(BatchRecord batch, String fileId);
}
