package io.batchengine;

/** What a read of a batch may expand. New values may be added: have a default branch. */
public enum Expand {
    /** The results, once the batch is {@code COMPLETED} or {@code CANCELLED}. */
    RESULTS
}
