package io.batchengine.spi;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Makes the jobs. An engine has any number of factories; each job type is served by one.
 *
 * <p><b>Threading.</b> {@link #create} is called by the engine's worker threads, several at once; {@link #resolve} by the thread that
 * creates a batch; {@link #types} once, while the engine is built. No lock of the engine is held.
 *
 * <p><b>Nullness.</b> No argument is null and no answer may be.
 *
 * <p><b>Idempotence.</b> {@link #create} is called again for every attempt, also after a crash whose outcome nobody knows. For
 * the same {@link JobRequest#proposedJobId()} it must give the same job reference, so that a job that was created before is
 * found again instead of made twice.
 *
 * <p><b>Exceptions.</b> Whatever {@link #create} throws, an Error included, is a mapping error of that file and harms no
 * other; an {@link Exception} may be retried, an Error is not.
 *
 * <p><b>Lifecycle.</b> Made before the engine, and not closed by it.
 *
 * <p><b>Evolution.</b> New methods come with a default only, so a factory that is compiled today keeps working.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface JobFactory {
    /**
     * The job types that this factory serves, each with the prefix of its job ids, such as {@code parse_v2 -> pjb-}.
     *
     * @return a non-empty map; a prefix is 1 to 16 ASCII letters, digits, dashes or underscores
     */
    Map<JobType, String> types();

    /**
     * Looks a configuration up and takes the snapshot of its parameters. Called once for a batch, at its creation.
     *
     * @param request which configuration, on whose behalf and for which of {@link #types()}
     * @return the parameters
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_NOT_FOUND}, {@link ErrorCode#CONFIGURATION_TYPE_MISMATCH} or
     *     {@link ErrorCode#CONFIGURATION_INVALID}: given to the caller as it is
     * @throws Exception anything else: given to the caller as {@link ErrorCode#PLUGIN_FAILED}
     */
    ConfigurationSnapshot resolve(ResolveRequest request) throws Exception;

    /**
     * Creates the job of a file, or finds the one created before.
     *
     * @param request what the job is for
     * @return the job; or that it is not the time for it; or that there can be none
     * @throws Exception a mapping error of that file
     */
    JobCreation create(JobRequest request) throws Exception;
}
