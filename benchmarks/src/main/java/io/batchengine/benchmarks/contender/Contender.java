package io.batchengine.benchmarks.contender;

/**
 * One way to run a job for every file and to keep a result for each, set up as its own documentation recommends for throughput. For one
 * thread.
 */
@SuppressWarnings("try") // whatever other libraries throw, an interrupt among it
public interface Contender extends AutoCloseable {
    /**
     * Runs the job for files 0 to {@code files - 1} and returns when all results are as durable as the storage makes them. What is timed is
     * this call.
     *
     * @param files how many
     * @param job what is done for each
     * @throws Exception whatever went wrong; a result that is missing or wrong among them
     */
    void run(int files, FileJob job) throws Exception;

    /**
     * Takes away what the rounds before have left, so that each finds the same. Not timed.
     *
     * @throws Exception if it can't
     */
    void clear() throws Exception;

    /** Ends its threads and connections. */
    @Override
    void close() throws Exception;
}
