package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import org.jspecify.annotations.Nullable;

/**
 * A batch's row as a query found it. Of a damaged one nothing is certain, its number and id neither.
 *
 * @param number what its other rows name it by
 * @param id its id
 * @param batch the batch, or null where its rows do not match their checksums
 */
record FoundBatch(long number, String id, @Nullable NumberedBatch batch) {
    boolean isDamaged() {
        return batch == null;
    }

    /** The batch. */
    NumberedBatch require() {
        if (batch == null) {
            throw damage(id);
        }
        return batch;
    }

    static BatchEngineException damage(String id) {
        return Failures.corrupt(Text.format(
                "the row of batch %s is damaged: cancel the batch, or delete it; other batches are not concerned",
                Text.quote(id)));
    }
}
