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
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tells the checkers what an engine asks of a job factory, and how its jobs go. */
final class ProbedFactory implements JobFactory {
    private final JobFactory real;
    private final SimulatedProcess process;
    private final Checkers checkers;
    private final Trace trace;

    ProbedFactory(JobFactory real, SimulatedProcess process, Checkers checkers, Trace trace) {
        this.real = real;
        this.process = process;
        this.checkers = checkers;
        this.trace = trace;
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
        trace.add(process, "create a job of ", file(request), ", attempt ", request.attempt());
        checkers.asked(process, request);
        JobCreation creation = real.create(request);
        if (creation instanceof JobCreation.Created created && created.job() != null) {
            return new JobCreation.Created(probed(created.job()), created.jobId());
        }
        return creation;
    }

    private Job probed(Job job) {
        if (job instanceof Job.BlockingJob blocking) {
            return Job.blocking(context -> run(blocking, context));
        }
        return Job.async(context -> start((Job.AsyncJob) job, context));
    }

    private Outcome run(Job.BlockingJob job, JobContext context) throws Exception {
        started(context);
        boolean[] over = new boolean[1];
        Runnable waker = process.waker();
        context.onStopRequested(() -> {
            if (!over[0]) {
                waker.run();
            }
        });
        Outcome outcome = null;
        try {
            outcome = job.run(context);
            return outcome;
        } finally {
            over[0] = true;
            ended(context, outcome);
        }
    }

    private CompletionStage<Outcome> start(Job.AsyncJob job, JobContext context) throws Exception {
        started(context);
        CompletionStage<Outcome> stage;
        try {
            stage = job.start(context);
        } catch (Throwable failure) {
            ended(context, null);
            throw failure;
        }
        if (stage == null) {
            ended(context, null);
            return stage;
        }
        return new ProbedStage(stage, outcome -> ended(context, outcome));
    }

    private void started(JobContext context) {
        trace.add(process, "start ", file(context));
        checkers.started(process, context);
    }

    private void ended(JobContext context, @Nullable Outcome outcome) {
        if (!process.isKilled()) {
            Checkers.End end = outcome instanceof Outcome.Succeeded
                    ? Checkers.End.SUCCEEDED
                    : outcome instanceof Outcome.NotNow ? Checkers.End.NOT_NOW : Checkers.End.OTHER;
            trace.add(process, "end ", file(context), " as ", end);
            checkers.ended(process, context, end);
        }
    }

    private static FileOf file(JobRequest request) {
        return new FileOf(request.ordinal(), request.batchId(), request.epoch());
    }

    /** A file as the trace shows it. */
    private record FileOf(long ordinal, String batchId, long epoch) {
        @Override
        public String toString() {
            return "file " + ordinal + " of " + batchId + " under epoch " + epoch;
        }
    }
}
