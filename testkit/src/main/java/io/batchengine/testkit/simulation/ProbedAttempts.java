package io.batchengine.testkit.simulation;

import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.testkit.invariant.WatchedEngines;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Stands directly behind one engine, before all faults, and tells the checkers what the engine has in flight: from its call to its end. */
final class ProbedAttempts implements JobFactory {
    private final JobFactory real;
    private final SimulatedProcess process;
    private final WatchedEngines engines;

    ProbedAttempts(JobFactory real, SimulatedProcess process, WatchedEngines engines) {
        this.real = real;
        this.process = process;
        this.engines = engines;
    }

    @Override
    public Map<JobType, String> types() {
        return real.types();
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) throws Exception {
        return real.resolve(request);
    }

    @Override
    public JobCreation create(JobRequest request) throws Exception {
        Runnable end = engines.attempting(process, request);
        JobCreation creation;
        try {
            creation = real.create(request);
        } finally {
            end.run();
        }
        if (creation instanceof JobCreation.NotNow wait && wait.retryAfter() != null) {
            engines.notNow(process, request, wait.retryAfter());
        }
        return creation instanceof JobCreation.Created created && created.job() != null
                ? new JobCreation.Created(probed(created.job()), created.jobId())
                : creation;
    }

    private Job probed(Job job) {
        return job instanceof Job.BlockingJob blocking
                ? Job.blocking(context -> run(blocking, context))
                : Job.async(context -> start((Job.AsyncJob) job, context));
    }

    private Outcome run(Job.BlockingJob job, JobContext context) throws Exception {
        Runnable end = engines.goesOn(process, context, false);
        Outcome outcome;
        try {
            outcome = job.run(context);
        } finally {
            end.run();
        }
        ended(context, outcome);
        return outcome;
    }

    private CompletionStage<Outcome> start(Job.AsyncJob job, JobContext context) throws Exception {
        Runnable end = engines.goesOn(process, context, true);
        CompletionStage<Outcome> stage = null;
        try {
            stage = job.start(context);
        } finally {
            if (stage == null) {
                end.run();
            }
        }
        return stage == null
                ? stage
                : new ProbedStage(stage, outcome -> {
                    end.run();
                    ended(context, outcome);
                });
    }

    private void ended(JobContext context, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.NotNow wait && wait.retryAfter() != null && !process.isKilled()) {
            engines.notNow(process, context, wait.retryAfter());
        }
    }
}
