package io.batchengine.testkit.fault;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import java.util.Map;

/** A job factory whose calls, and those of its jobs, go wrong. */
record FaultyFactory(JobFactory real, Faults faults) implements JobFactory {
    @Override
    public Map<JobType, String> types() {
        return faults.call(Call.FACTORY_TYPES, real::types);
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return faults.call(Call.FACTORY_RESOLVE, () -> real.resolve(request));
    }

    @Override
    public JobCreation create(JobRequest request) {
        return faults.call(Call.FACTORY_CREATE, () -> {
            JobCreation creation = real.create(request);
            return creation instanceof JobCreation.Created created
                    ? new JobCreation.Created(faulty(created.job()), created.jobId())
                    : creation;
        });
    }

    private Job faulty(Job job) {
        if (job instanceof Job.BlockingJob blocking) {
            return Job.blocking(context -> faults.call(Call.JOB_RUN, () -> blocking.run(context)));
        }
        Job.AsyncJob async = (Job.AsyncJob) job;
        return Job.async(context -> faults.call(Call.JOB_RUN, () -> async.start(context)));
    }
}
