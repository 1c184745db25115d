package io.batchengine.spi.store;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.StatusReason;
import io.batchengine.model.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An engine's wish for work. {@link #wants} tells what it wants of a single batch; the store counts the limits.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ClaimRequest {
    private final String owner;
    private final long claimToken;
    private final Duration lease;
    private final Set<JobType> types;
    private final int limitPerProject;
    private final Map<String, Integer> projectLimits;
    private final int limit;
    private final @Nullable Instant pendingSince;
    private final Instant at;

    private ClaimRequest(Builder builder) {
        owner = Objects.requireNonNull(builder.owner, "owner is not set");
        claimToken = builder.claimToken;
        lease = Objects.requireNonNull(builder.lease, "lease is not set");
        types = builder.types;
        limitPerProject = builder.limitPerProject;
        projectLimits = builder.projectLimits;
        limit = builder.limit;
        pendingSince = builder.pendingSince;
        at = Objects.requireNonNull(builder.at, "at is not set");
    }

    /** {@return a builder with nothing set} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder with the values of this one set} */
    public Builder toBuilder() {
        return new Builder()
                .owner(owner)
                .claimToken(claimToken)
                .lease(lease)
                .types(types)
                .limitPerProject(limitPerProject)
                .projectLimits(projectLimits)
                .limit(limit)
                .pendingSince(pendingSince)
                .at(at);
    }

    /** {@return the engine's owner id: new at every start of an engine} */
    public String owner() {
        return owner;
    }

    /**
     * {@return the token of this request, drawn at random for it alone: no other request of any engine has
     * it} It stands in the state of what is claimed, and in every commit and release. So a claim that is
     * repeated, because the store was set back to a time before the first, is told apart from the first,
     * though both have the same epoch.
     */
    public long claimToken() {
        return claimToken;
    }

    /** {@return how long the engine holds what it claims, unless it renews} */
    public Duration lease() {
        return lease;
    }

    /**
     * {@return the job types that it serves; none if it wants only what is to be cancelled} A batch with a
     * standing cancel request is claimed whatever its type and the limit of its project: it needs no job any
     * more.
     */
    public Set<JobType> types() {
        return types;
    }

    /**
     * {@return how many batches of one project at most, from 0, in their {@link BatchRecord#claimOrder}} It
     * holds for each project that {@link #projectLimits} does not name. Those to be cancelled are not
     * counted.
     */
    public int limitPerProject() {
        return limitPerProject;
    }

    /** {@return the limits by project id, from 0, in place of {@link #limitPerProject}. May be many} */
    public Map<String, Integer> projectLimits() {
        return projectLimits;
    }

    /** {@return how many batches at most, from 1; those to be cancelled count too} */
    public int limit() {
        return limit;
    }

    /**
     * {@return the latest time of creation of what is claimed, or null for any} If it is set, only batches
     * that are {@link BatchStatus#PENDING} and were created at this time or before are claimed, of those to
     * be cancelled too. So an engine finds what nobody has taken up for a while, and finds it once.
     */
    public @Nullable Instant pendingSince() {
        return pendingSince;
    }

    /** {@return what the engine's clock says, for {@link StoredBatch#nextUpdate}; never compared with a lease} */
    public Instant at() {
        return at;
    }

    /**
     * How many batches of a project are wanted at the most, those to be cancelled aside.
     *
     * @param projectId the project
     * @return its own limit, or that of each
     */
    public int limitOf(String projectId) {
        return projectLimits.getOrDefault(projectId, limitPerProject);
    }

    /**
     * Whether a batch that can be had is wanted, as far as the batch alone tells.
     *
     * @param batch a batch that is not terminal
     * @return false where its status or age, its type, or its project's limit of 0 rules it out, or its rows are damaged:
     *     {@link StatusReason.Code#STORE_CORRUPT}
     */
    public boolean wants(StoredBatch batch) {
        BatchState state = batch.state();
        BatchRecord created = batch.request();
        if (pendingSince != null
                && (state.status() != BatchStatus.PENDING || created.createdAt().isAfter(pendingSince))) {
            return false;
        }
        StatusReason reason = state.reason();
        boolean damaged = reason != null && reason.code() == StatusReason.Code.STORE_CORRUPT;
        return state.cancelRequested()
                || (!damaged
                        && types.contains(created.config().job().type())
                        && limitOf(created.scope().projectId()) > 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClaimRequest that
                && owner.equals(that.owner)
                && claimToken == that.claimToken
                && lease.equals(that.lease)
                && types.equals(that.types)
                && limitPerProject == that.limitPerProject
                && projectLimits.equals(that.projectLimits)
                && limit == that.limit
                && Objects.equals(pendingSince, that.pendingSince)
                && at.equals(that.at);
    }

    @Override
    public int hashCode() {
        return Objects.hash(owner, claimToken, lease, types, limitPerProject, projectLimits, limit, pendingSince, at);
    }

    @Override
    public String toString() {
        return Text.format(
                "ClaimRequest[owner=%s, claimToken=%s, lease=%s, types=%s, limitPerProject=%s"
                        + ", projectLimits=%s, limit=%s, pendingSince=%s, at=%s]",
                owner, claimToken, lease, types, limitPerProject, projectLimits, limit, pendingSince, at);
    }

    /** Makes an engine's wish for work. Not safe for use by several threads. */
    public static final class Builder {
        private @Nullable String owner;
        private long claimToken;
        private @Nullable Duration lease;
        private Set<JobType> types = Set.of();
        private int limitPerProject = Integer.MAX_VALUE;
        private Map<String, Integer> projectLimits = Map.of();
        private int limit = 1;
        private @Nullable Instant pendingSince;
        private @Nullable Instant at;

        private Builder() {}

        /**
         * {@return this builder, with {@link ClaimRequest#owner()} set}
         *
         * @param owner must be set
         */
        public Builder owner(String owner) {
            this.owner = owner;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#claimToken()} set}
         *
         * @param claimToken 0 if not set
         */
        public Builder claimToken(long claimToken) {
            this.claimToken = claimToken;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#lease()} set}
         *
         * @param lease must be set
         */
        public Builder lease(Duration lease) {
            this.lease = lease;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#types()} set}
         *
         * @param types empty if not set
         */
        public Builder types(Set<JobType> types) {
            this.types = types;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#limitPerProject()} set}
         *
         * @param limitPerProject {@link Integer#MAX_VALUE} if not set
         */
        public Builder limitPerProject(int limitPerProject) {
            this.limitPerProject = limitPerProject;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#projectLimits()} set}
         *
         * @param projectLimits empty if not set
         */
        public Builder projectLimits(Map<String, Integer> projectLimits) {
            this.projectLimits = projectLimits;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#limit()} set}
         *
         * @param limit from 1; 1 if not set
         */
        public Builder limit(int limit) {
            this.limit = limit;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#pendingSince()} set}
         *
         * @param pendingSince null if not set
         */
        public Builder pendingSince(@Nullable Instant pendingSince) {
            this.pendingSince = pendingSince;
            return this;
        }

        /**
         * {@return this builder, with {@link ClaimRequest#at()} set}
         *
         * @param at must be set
         */
        public Builder at(Instant at) {
            this.at = at;
            return this;
        }

        /**
         * {@return the value}
         *
         * @throws NullPointerException if one that must be set is not
         */
        public ClaimRequest build() {
            return new ClaimRequest(this);
        }
    }
}
