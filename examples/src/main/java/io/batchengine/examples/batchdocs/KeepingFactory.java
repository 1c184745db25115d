package io.batchengine.examples.batchdocs;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;

/** A job factory that also keeps with a batch what this program needs to continue it; its jobs see only what is their own. */
record KeepingFactory(JobFactory jobs, RunSettings settings) implements JobFactory {
    @Override
    public Map<JobType, String> types() {
        return jobs.types();
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) throws Exception {
        return Snapshot.of(settings, jobs.resolve(request)).kept();
    }

    @Override
    public JobCreation create(JobRequest request) throws Exception {
        var own = ConfigurationSnapshot.of(Snapshot.of(request.configuration()).configuration());
        JobCreation creation = jobs.create(new OwnRequest(request, own));
        if (creation instanceof JobCreation.Created created && created.job() instanceof Job.BlockingJob job) {
            return new JobCreation.Created(
                    Job.blocking(context -> job.run(new OwnRequest.Context(context, own))), created.jobId());
        }
        return creation;
    }
}
