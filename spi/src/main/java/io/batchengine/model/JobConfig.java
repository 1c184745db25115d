package io.batchengine.model;

/**
 * Which job to run for each file: the wire model's {@code config.job}.
 *
 * @param type the job's type
 * @param configurationId the id of a saved configuration or of a built-in preset of that type
 */
public record JobConfig(JobType type, String configurationId) {
    /**
     * Checks the id.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the configuration id breaks the rules of {@link Ids}
     */
    public JobConfig {
        Ids.requireValid("configuration id", configurationId, Ids.MAX_LENGTH);
    }
}
