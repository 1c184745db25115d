package io.batchengine.testkit.fault;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A job factory that holds its caller to the contract: only types that it serves; one proposed id and one file for an ordinal, one scope and
 * configuration for a batch; attempts that ascend, and epochs that don't go back; a job runs once, as what it was created for. Share one
 * instance between the engines of a test.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class CheckedJobFactory implements JobFactory {
    private final JobFactory real;
    private final Violations violations;
    private final Map<String, Batch> batches = new HashMap<>(); // guarded by this
    private final Map<FileKey, Last> files = new HashMap<>(); // guarded by this

    private record FileKey(String batchId, long ordinal) {}

    private record Batch(Scope scope, String directoryId, JobType type, ConfigurationSnapshot configuration) {}

    private record Last(String fileId, String proposedJobId, long epoch, int attempt) {}

    /**
     * A checked job factory.
     *
     * @param real the real one
     * @param violations where violations are recorded
     */
    public CheckedJobFactory(JobFactory real, Violations violations) {
        this.real = real;
        this.violations = violations;
    }

    @Override
    public Map<JobType, String> types() {
        return real.types();
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) throws Exception {
        violations.require(
                real.types().containsKey(request.type()), "resolve: request.type() %s is not served", request.type());
        String fault = Ids.fault(request.configurationId(), Ids.MAX_LENGTH);
        if (fault != null) {
            violations.check(
                    Text.format("resolve: the configuration id %s %s", Text.quote(request.configurationId()), fault));
        }
        return real.resolve(request);
    }

    @Override
    public JobCreation create(JobRequest request) throws Exception {
        requireLegal(request);
        JobCreation creation = real.create(request);
        return creation instanceof JobCreation.Created created
                ? new JobCreation.Created(
                        checked(created.job(), request.proposedJobId(), created.jobId()), created.jobId())
                : creation;
    }

    private void requireLegal(JobRequest request) {
        String prefix = real.types().get(request.type());
        violations.require(prefix != null, "create: type %s is not served", request.type());
        String id = request.proposedJobId();
        violations.require(
                prefix != null
                        && id.startsWith(prefix)
                        && request.batchId().equals(Ids.batchIdOfJob(id))
                        && Ids.ordinalOfJob(id) == request.ordinal(),
                "create: %s is proposed for file %d of %s",
                id,
                request.ordinal(),
                request.batchId());
        violations.require(
                request.attempt() >= 1 && request.epoch() >= 1,
                "create: attempt %d under epoch %d",
                request.attempt(),
                request.epoch());
        synchronized (this) {
            violations.check(faultOfBatch(request));
            violations.check(faultOfFile(request));
        }
    }

    private @Nullable String faultOfBatch(JobRequest request) {
        Batch now = new Batch(request.scope(), request.sourceDirectoryId(), request.type(), request.configuration());
        Batch before = batches.putIfAbsent(request.batchId(), now);
        return before == null || before.equals(now)
                ? null
                : Text.format(
                        "create: batch %s has changed its scope, directory, type or configuration", request.batchId());
    }

    private @Nullable String faultOfFile(JobRequest request) {
        FileKey key = new FileKey(request.batchId(), request.ordinal());
        Last now = new Last(request.file().id(), request.proposedJobId(), request.epoch(), request.attempt());
        Last before = files.get(key);
        if (before != null) {
            if (!before.fileId.equals(now.fileId) || !before.proposedJobId.equals(now.proposedJobId)) {
                return Text.format("create: %s was %s and is %s", key, before, now);
            }
            if (now.epoch < before.epoch) {
                return Text.format("create: %s under epoch %d after %d", key, now.epoch, before.epoch);
            }
            // Another engine may not know of an attempt that was not recorded, a file that was put off has its attempt
            // again, and one that could not be looked up spends an attempt without asking for a job.
            if (now.epoch == before.epoch && now.attempt < before.attempt) {
                return Text.format("create: attempt %d of %s after attempt %d", now.attempt, key, before.attempt);
            }
        }
        files.put(key, now);
        return null;
    }

    private Job checked(Job job, String proposedJobId, @Nullable String ownJobId) {
        AtomicBoolean started = new AtomicBoolean();
        if (job instanceof Job.BlockingJob blocking) {
            return Job.blocking(context -> {
                requireOwn(started, context, proposedJobId, ownJobId);
                return blocking.run(context);
            });
        }
        Job.AsyncJob async = (Job.AsyncJob) job;
        return Job.async(context -> {
            requireOwn(started, context, proposedJobId, ownJobId);
            return async.start(context);
        });
    }

    private void requireOwn(
            AtomicBoolean started, JobContext context, String proposedJobId, @Nullable String ownJobId) {
        violations.require(started.compareAndSet(false, true), "run: job %s runs twice", context.jobId());
        violations.require(
                context.proposedJobId().equals(proposedJobId)
                        && context.jobId().equals(ownJobId == null ? proposedJobId : ownJobId),
                "run: the job of %s runs as %s",
                proposedJobId,
                context.jobId());
    }
}
