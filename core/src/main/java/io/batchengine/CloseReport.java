package io.batchengine;

import java.util.List;

/**
 * How an engine closed.
 *
 * @param clean whether all in flight had ended, was written, and its batches were released in time
 * @param stuckJobs the ids of jobs that ignored the request to stop and still run, on daemon threads; their outcomes are not recorded
 * @param releasedBatches how many batches were given back, to go on in another engine
 */
public record CloseReport(boolean clean, List<String> stuckJobs, int releasedBatches) {
    /** Copies the ids. */
    public CloseReport {
        stuckJobs = List.copyOf(stuckJobs);
    }
}
