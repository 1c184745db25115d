package io.batchengine.limits;

import com.google.common.collect.ImmutableMap;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * All limits of an engine. A job starts when every limit that concerns it lets it: those of the engine, of its project, of its job type and
 * of its batch. A limit of 0 holds the work; raising one takes effect at once, lowering one stops no running job.
 *
 * <pre>{@code
 * Limits.DEFAULT
 *         .withMaxInFlight(200)
 *         .withEachProject(ProjectLimits.NONE.withMaxInFlight(50))
 *         .withProject("prj-import", ProjectLimits.NONE.withMaxInFlight(10).withRate(Rate.perSecond(5)))
 *         .withJobType(JobType.of("parse_v2"), JobTypeLimits.NONE.withRate(Rate.perSecond(100)))
 * }</pre>
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class Limits {
    /** No limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** The most jobs that one engine can have in flight. */
    public static final int MOST_IN_FLIGHT = 1_000_000;

    /** The most batches that one engine can work on. */
    public static final int MOST_ACTIVE_BATCHES = 10_000;

    /** 1,000 jobs in flight, {@link #MOST_ACTIVE_BATCHES} active batches, and nothing else. */
    public static final Limits DEFAULT = new Limits(
            1_000, UNLIMITED, MOST_ACTIVE_BATCHES, ProjectLimits.NONE, Map.of(), JobTypeLimits.NONE, Map.of());

    private final int maxInFlight;
    private final int maxInFlightPerBatch;
    private final int maxActiveBatches;
    private final ProjectLimits eachProject;
    private final Map<String, ProjectLimits> projects;
    private final JobTypeLimits eachJobType;
    private final Map<JobType, JobTypeLimits> jobTypes;

    private Limits(
            int maxInFlight,
            int maxInFlightPerBatch,
            int maxActiveBatches,
            ProjectLimits eachProject,
            Map<String, ProjectLimits> projects,
            JobTypeLimits eachJobType,
            Map<JobType, JobTypeLimits> jobTypes) {
        Bounds.requireWithin("maxInFlight", maxInFlight, MOST_IN_FLIGHT);
        Bounds.requireNotNegative("maxInFlightPerBatch", maxInFlightPerBatch);
        Bounds.requireWithin("maxActiveBatches", maxActiveBatches, MOST_ACTIVE_BATCHES);
        projects.keySet().forEach(id -> Ids.requireValid("project", id, Ids.MAX_LENGTH));
        this.maxInFlight = maxInFlight;
        this.maxInFlightPerBatch = maxInFlightPerBatch;
        this.maxActiveBatches = maxActiveBatches;
        this.eachProject = eachProject;
        this.projects = ImmutableMap.copyOf(projects);
        this.eachJobType = eachJobType;
        this.jobTypes = ImmutableMap.copyOf(jobTypes);
    }

    /**
     * {@return how many jobs may be in flight at a time, the asynchronous ones that hold no thread included; 0 to {@link
     * #MOST_IN_FLIGHT}}
     */
    public int maxInFlight() {
        return maxInFlight;
    }

    /** {@return how many of these jobs may be of one batch, or {@link #UNLIMITED}} */
    public int maxInFlightPerBatch() {
        return maxInFlightPerBatch;
    }

    /** {@return how many batches the engine works on at a time, 0 to {@link #MOST_ACTIVE_BATCHES}} */
    public int maxActiveBatches() {
        return maxActiveBatches;
    }

    /** {@return the limits of each project that has none of its own} */
    public ProjectLimits eachProject() {
        return eachProject;
    }

    /** {@return the limits of single projects by their ids, in place of {@link #eachProject}} */
    public Map<String, ProjectLimits> projects() {
        return projects;
    }

    /** {@return the limits of each job type that has none of its own} */
    public JobTypeLimits eachJobType() {
        return eachJobType;
    }

    /** {@return the limits of single job types, in place of {@link #eachJobType}} */
    public Map<JobType, JobTypeLimits> jobTypes() {
        return jobTypes;
    }

    /**
     * The limits of a project.
     *
     * @param projectId the project
     * @return its own, or those of each
     */
    public ProjectLimits project(String projectId) {
        return projects.getOrDefault(projectId, eachProject);
    }

    /**
     * The limits of a job type.
     *
     * @param type the type
     * @return its own, or those of each
     */
    public JobTypeLimits jobType(JobType type) {
        return jobTypes.getOrDefault(type, eachJobType);
    }

    /**
     * These limits with another one of jobs in flight.
     *
     * @param limit 0 to {@link #MOST_IN_FLIGHT}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of this range
     */
    public Limits withMaxInFlight(int limit) {
        return new Limits(limit, maxInFlightPerBatch, maxActiveBatches, eachProject, projects, eachJobType, jobTypes);
    }

    /**
     * These limits with another one of jobs of one batch in flight.
     *
     * @param limit 0 or more, or {@link #UNLIMITED}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is negative
     */
    public Limits withMaxInFlightPerBatch(int limit) {
        return new Limits(maxInFlight, limit, maxActiveBatches, eachProject, projects, eachJobType, jobTypes);
    }

    /**
     * These limits with another one of active batches.
     *
     * @param limit 0 to {@link #MOST_ACTIVE_BATCHES}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is out of this range
     */
    public Limits withMaxActiveBatches(int limit) {
        return new Limits(maxInFlight, maxInFlightPerBatch, limit, eachProject, projects, eachJobType, jobTypes);
    }

    /**
     * These limits with others for each project that has none of its own.
     *
     * @param limits for each of them, not for all together
     * @return the changed copy
     */
    public Limits withEachProject(ProjectLimits limits) {
        return new Limits(maxInFlight, maxInFlightPerBatch, maxActiveBatches, limits, projects, eachJobType, jobTypes);
    }

    /**
     * These limits with others for a project.
     *
     * @param projectId the project
     * @param limits in place of all that it had, also of {@link #eachProject}
     * @return the changed copy
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if the id breaks the rules of {@link Ids}
     */
    public Limits withProject(String projectId, ProjectLimits limits) {
        return new Limits(
                maxInFlight,
                maxInFlightPerBatch,
                maxActiveBatches,
                eachProject,
                with(projects, projectId, limits),
                eachJobType,
                jobTypes);
    }

    /**
     * These limits with others for each job type that has none of its own.
     *
     * @param limits for each of them, not for all together
     * @return the changed copy
     */
    public Limits withEachJobType(JobTypeLimits limits) {
        return new Limits(maxInFlight, maxInFlightPerBatch, maxActiveBatches, eachProject, projects, limits, jobTypes);
    }

    /**
     * These limits with others for a job type.
     *
     * @param type the type
     * @param limits in place of all that it had, also of {@link #eachJobType}
     * @return the changed copy
     */
    public Limits withJobType(JobType type, JobTypeLimits limits) {
        return new Limits(
                maxInFlight,
                maxInFlightPerBatch,
                maxActiveBatches,
                eachProject,
                projects,
                eachJobType,
                with(jobTypes, type, limits));
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        Map<K, V> changed = new HashMap<>(map);
        changed.put(key, value);
        return changed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Limits that
                && maxInFlight == that.maxInFlight
                && maxInFlightPerBatch == that.maxInFlightPerBatch
                && maxActiveBatches == that.maxActiveBatches
                && eachProject.equals(that.eachProject)
                && projects.equals(that.projects)
                && eachJobType.equals(that.eachJobType)
                && jobTypes.equals(that.jobTypes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                maxInFlight, maxInFlightPerBatch, maxActiveBatches, eachProject, projects, eachJobType, jobTypes);
    }

    @Override
    public String toString() {
        return Text.format(
                "Limits[maxInFlight=%s, maxInFlightPerBatch=%s, maxActiveBatches=%s"
                        + ", eachProject=%s, projects=%s, eachJobType=%s, jobTypes=%s]",
                maxInFlight, maxInFlightPerBatch, maxActiveBatches, eachProject, projects, eachJobType, jobTypes);
    }
}
