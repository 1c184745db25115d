package io.batchengine.benchmarks.contender;

import io.batchengine.benchmarks.peer.DbSchedulerPeer;
import io.batchengine.benchmarks.peer.EasyBatchPeer;
import io.batchengine.benchmarks.peer.JobRunrPeer;
import io.batchengine.benchmarks.peer.QuartzPeer;
import io.batchengine.benchmarks.peer.SpringBatchPeer;

/** Who can be compared, by name. */
public enum Contenders {
    /** This library: one batch. */
    BATCH_ENGINE("batch-engine", (storage, threads) -> new EngineContender(storage, threads, 1)),

    /** This library: a thousand batches at once, each with a thousandth of the files. */
    BATCH_ENGINE_1000("batch-engine-1000", (storage, threads) -> new EngineContender(storage, threads, 1_000)),

    /** What many write by hand. */
    PLAIN_POOL("plain-pool", Handwritten::pool),

    /** The best insert loop known to the database, which does nothing else. */
    BARE("bare", (storage, threads) -> new BareLoop(Handwritten.rows(storage), 1)),

    /** The same, with a row for each of a thousand batches first. */
    BARE_1000("bare-1000", (storage, threads) -> new BareLoop(Handwritten.rows(storage), 1_000)),

    /** The same rows appended to a file: the limit of the disk. */
    JOURNAL("journal", (storage, threads) -> new BareLoop(Handwritten.journal(storage), 1)),

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
