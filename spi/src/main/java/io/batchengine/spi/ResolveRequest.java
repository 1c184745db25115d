package io.batchengine.spi;

import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Which configuration {@link JobFactory#resolve} is to look up.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ResolveRequest {
    private final Scope scope;
    private final JobType type;
    private final String configurationId;

    private ResolveRequest(Scope scope, JobType type, String configurationId) {
        this.scope = scope;
        this.type = type;
        this.configurationId = configurationId;
    }

    /**
     * Creates a request.
     *
     * @param scope the scope on whose behalf the call is made
     * @param type the job type, one of {@link JobFactory#types}
     * @param configurationId the id of a saved configuration or of a built-in preset
     * @return the request
     */
    public static ResolveRequest of(Scope scope, JobType type, String configurationId) {
        return new ResolveRequest(scope, type, configurationId);
    }

    /** {@return the scope on whose behalf the call is made} */
    public Scope scope() {
        return scope;
    }

    /** {@return the job type, one of {@link JobFactory#types}} */
    public JobType type() {
        return type;
    }

    /** {@return the id of a saved configuration or of a built-in preset} */
    public String configurationId() {
        return configurationId;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResolveRequest that
                && scope.equals(that.scope)
                && type.equals(that.type)
                && configurationId.equals(that.configurationId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(scope, type, configurationId);
    }

    @Override
    public String toString() {
        return Text.format("ResolveRequest[scope=%s, type=%s, configurationId=%s]", scope, type, configurationId);
    }
}
