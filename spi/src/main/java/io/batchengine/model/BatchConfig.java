package io.batchengine.model;

/**
 * The configuration of a batch: the wire model's {@code config}.
 *
 * @param job the job to run for each file
 */
public record BatchConfig(JobConfig job) {
    /**
     * A configuration of a job type and a configuration id.
     *
     * @param type the job's type
     * @param configurationId the id of a saved configuration or of a built-in preset
     * @return the configuration
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the configuration id breaks the rules of {@link Ids}
     */
    public static BatchConfig of(JobType type, String configurationId) {
        return new BatchConfig(new JobConfig(type, configurationId));
    }
}
