package io.batchengine.benchmarks.contender;

import io.batchengine.benchmarks.peer.DbSchedulerPeer;
import io.batchengine.benchmarks.peer.EasyBatchPeer;
import io.batchengine.benchmarks.peer.JobRunrPeer;
import io.batchengine.benchmarks.peer.QuartzPeer;
import io.batchengine.benchmarks.peer.SpringBatchPeer;

/** Who can be compared, by name. */
public enum Contenders {
    /** Spring Batch 6. */
    SPRING_BATCH("spring-batch", SpringBatchPeer::open),
    /** JobRunr 8. */
    JOBRUNR("jobrunr", JobRunrPeer::open),
    /** db-scheduler 16. */
    DB_SCHEDULER("db-scheduler", DbSchedulerPeer::open),
    /** Quartz 2.5. */
    QUARTZ("quartz", QuartzPeer::open),
    /** Easy Batch 7. */
    EASY_BATCH("easy-batch", EasyBatchPeer::open);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // a method
    private final Opening opening;

    Contenders(String label, Opening opening) {
        this.label = label;
        this.opening = opening;
    }

    /** Opens a contender. */
    @FunctionalInterface
    interface Opening {
        Contender open(Storage storage, int threads) throws Exception;
    }

    /**
     * What tables and plots call it.
     *
     * @return such as {@code spring-batch}
     */
    public String label() {
        return label;
    }

    /**
     * Opens it on a storage.
     *
     * @param storage where it keeps results
     * @param threads that run jobs
     * @return the contender; to be closed by the caller
     * @throws Exception if it can't be opened, or does not serve this storage
     */
    public Contender open(Storage storage, int threads) throws Exception {
        return opening.open(storage, threads);
    }
}
