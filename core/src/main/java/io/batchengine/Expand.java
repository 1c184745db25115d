package io.batchengine;

/** What a read of a batch may expand. */
public enum Expand {
    /** The results, once the batch is {@code COMPLETED} or {@code CANCELLED}. */
    RESULTS
}
