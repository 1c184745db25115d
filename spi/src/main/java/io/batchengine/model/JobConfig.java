package io.batchengine.model;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which job to run for each file: the wire model's {@code config.job}.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class JobConfig {
    private final JobType type;
    private final String configurationId;

    private JobConfig(JobType type, String configurationId) {
        Ids.requireValid("configuration id", configurationId, Ids.MAX_LENGTH);
        this.type = type;
        this.configurationId = configurationId;
    }

    /**
     * The configuration of a job.
     *
     * @param type the job's type
     * @param configurationId the id of a saved configuration or of a built-in preset of that type
     * @return the configuration
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the configuration id breaks the rules of {@link Ids}
     */
    public static JobConfig of(JobType type, String configurationId) {
        return new JobConfig(type, configurationId);
    }

    /** {@return the job's type} */
    public JobType type() {
        return type;
    }

    /** {@return the id of a saved configuration or of a built-in preset of that type} */
    public String configurationId() {
        return configurationId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JobConfig that
                && type.equals(that.type)
                && configurationId.equals(that.configurationId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, configurationId);
    }

    @Override
    public String toString() {
        return Text.format("JobConfig[type=%s, configurationId=%s]", type, configurationId);
    }
}
