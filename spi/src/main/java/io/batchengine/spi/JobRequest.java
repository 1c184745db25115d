package io.batchengine.spi;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import org.apiguardian.api.API;

/**
 * What a job is created for. Implemented by the engine only, and by fakes in tests: new methods come with a default.
 *
 * <p>Threading: any thread, until the job has ended.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface JobRequest {
    /**
     * On whose behalf.
     *
     * @return the scope of the batch
     */
    Scope scope();

    /**
     * The batch.
     *
     * @return its id
     */
    String batchId();

    /**
     * The source directory of the batch.
     *
     * @return its id
     */
    String sourceDirectoryId();

    /**
     * The job's type.
     *
     * @return one of the factory's types
     */
    JobType type();

    /**
     * The file's place in the listing.
     *
     * @return from 0; it names the file within its batch for ever
     */
    long ordinal();

    /**
     * The file.
     *
     * @return the file
     */
    SourceFile file();

    /**
     * The batch's parameters.
     *
     * @return the snapshot that {@link JobFactory#resolve} gave when the batch was created
     */
    ConfigurationSnapshot configuration();

    /**
     * The id that the job gets unless the factory gives one of its own. The same for every attempt, before and after a crash: use
     * it to make effects idempotent. Made when it is asked for.
     *
     * @return the prefix of the job type and a UUID
     */
    String proposedJobId();

    /**
     * Which attempt this is.
     *
     * @return from 1
     */
    int attempt();

    /**
     * The ownership number of the batch: a job started by an engine that has lost the batch carries a lower one.
     *
     * @return from 1; grows with each take-over
     */
    long epoch();
}
