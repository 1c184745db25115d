package io.batchengine.model;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a call is made. Both parts are stored and given to plug-ins; only the project is in the wire model, and
 * only the project separates batches: a batch of another project is not found.
 *
 * <p>A record: it is the key by which plug-ins and stores tell callers apart, so a further part would change what belongs to whom.
 *
 * @param organizationId the organization, or null
 * @param projectId the project
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record Scope(@Nullable String organizationId, String projectId) {
    /**
     * Checks both ids.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if an id breaks the rules of {@link Ids}
     */
    public Scope {
        if (organizationId != null) {
            Ids.requireValid("organization id", organizationId, Ids.MAX_LENGTH);
        }
        Ids.requireValid("project id", projectId, Ids.MAX_LENGTH);
    }

    /**
     * The scope of a project without an organization.
     *
     * @param projectId the project
     * @return the scope
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the id breaks the rules of {@link Ids}
     */
    public static Scope ofProject(String projectId) {
        return new Scope(null, projectId);
    }
}
