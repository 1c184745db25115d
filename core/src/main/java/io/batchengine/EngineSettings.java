package io.batchengine;

import com.google.common.collect.ImmutableMap;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Scope;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;

/** What the resource calls need of the builder's settings. */
record EngineSettings(
        String defaultProject,
        Predicate<Scope> projectFilter,
        BatchOptions defaultOptions,
        ImmutableMap<JobType, RetryPolicy> retries,
        int maxExpandedResults,
        Duration closeTimeout) {
    /** What the builder documents as defaults. */
    static final EngineSettings DEFAULT = new EngineSettings(
            "prj-default", scope -> true, BatchOptions.DEFAULT, ImmutableMap.of(), 10_000, Duration.ofSeconds(30));

    EngineSettings withDefaultProject(String value) {
        return new EngineSettings(value, projectFilter, defaultOptions, retries, maxExpandedResults, closeTimeout);
    }

    EngineSettings withProjectFilter(Predicate<Scope> value) {
        return new EngineSettings(defaultProject, value, defaultOptions, retries, maxExpandedResults, closeTimeout);
    }

    EngineSettings withDefaultOptions(BatchOptions value) {
        return new EngineSettings(defaultProject, projectFilter, value, retries, maxExpandedResults, closeTimeout);
    }

    EngineSettings withRetry(JobType type, RetryPolicy policy) {
        ImmutableMap<JobType, RetryPolicy> more = ImmutableMap.<JobType, RetryPolicy>builder()
                .putAll(retries)
                .put(type, policy)
                .build();
        return new EngineSettings(
                defaultProject, projectFilter, defaultOptions, more, maxExpandedResults, closeTimeout);
    }

    EngineSettings withMaxExpandedResults(int value) {
        return new EngineSettings(defaultProject, projectFilter, defaultOptions, retries, value, closeTimeout);
    }

    EngineSettings withCloseTimeout(Duration value) {
        return new EngineSettings(defaultProject, projectFilter, defaultOptions, retries, maxExpandedResults, value);
    }

    /** The options of a batch that is created without any. */
    BatchOptions optionsOf(JobType type) {
        RetryPolicy retry = retries.get(type);
        return retry == null ? defaultOptions : defaultOptions.withRetry(retry);
    }

    /** Refuses a policy that no batch could ever have: a misspelt type would go unnoticed until a failure is not retried. */
    void requireServed(Set<JobType> served) {
        for (JobType type : retries.keySet()) {
            if (!served.contains(type)) {
                throw Arguments.invalid(
                        "a retry policy is set for job type %s, which no job factory serves; served are %s",
                        type, served);
            }
        }
    }
}
