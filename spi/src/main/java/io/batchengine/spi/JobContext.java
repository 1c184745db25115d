package io.batchengine.spi;

import org.apiguardian.api.API;

/**
 * What a running job knows, and how it learns that it should stop. Implemented by the engine only, and by fakes in tests: new methods come with a default.
 *
 * <p>Threading: any thread, until the job has ended.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface JobContext extends JobRequest {
    /**
     * The job's own id: the proposed one, or the one that the factory gave.
     *
     * @return the id
     */
    String jobId();

    /**
     * Whether the job should stop: its batch is cancelled, it ran past its timeout, or the engine closes. A blocking job's thread is
     * interrupted too. A job that stops for this answers {@link Outcome#stopped()}; it may also finish as if nothing had happened.
     *
     * @return true from the first request on
     */
    boolean isStopRequested();

    /**
     * Has an action run once when the job is asked to stop, at once if it was before. For asynchronous jobs, to cancel what they
     * started.
     *
     * @param action run on an engine thread, once; what it throws is logged and ignored. A second call adds a second action
     */
    void onStopRequested(Runnable action);
}
