package io.batchengine.benchmarks.contender;

/** Who can be compared, by name. */
public enum Contenders {
    ;

    private final String label;
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
