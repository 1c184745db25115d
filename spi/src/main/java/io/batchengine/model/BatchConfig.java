package io.batchengine.model;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a batch: the wire model's {@code config}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class BatchConfig {
    private final JobConfig job;

    private BatchConfig(JobConfig job) {
        this.job = job;
    }

    /**
     * A configuration of a job type and a configuration id.
     *
     * @param type the job's type
     * @param configurationId the id of a saved configuration or of a built-in preset
     * @return the configuration
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the configuration id breaks the rules of {@link Ids}
     */
    public static BatchConfig of(JobType type, String configurationId) {
        return new BatchConfig(JobConfig.of(type, configurationId));
    }

    /**
     * A configuration of a job.
     *
     * @param job the job to run for each file
     * @return the configuration
     */
    public static BatchConfig of(JobConfig job) {
        return new BatchConfig(job);
    }

    /** {@return the job to run for each file} */
    public JobConfig job() {
        return job;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BatchConfig that && job.equals(that.job);
    }

    @Override
    public int hashCode() {
        return job.hashCode();
    }

    @Override
    public String toString() {
        return Text.format("BatchConfig[job=%s]", job);
    }
}
