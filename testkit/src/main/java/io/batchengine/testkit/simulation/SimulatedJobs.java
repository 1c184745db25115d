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
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The job factory of one engine, whose jobs go as the {@link Behaviour} of their file says. */
final class SimulatedJobs implements JobFactory {
    static final JobType TYPE = JobType.of("simulated_v1");
    static final String PREFIX = "sim-";
    static final JobType OTHER_TYPE = JobType.of("simulated_v2");
    static final String CONFIGURATION = "cfg-simulated";

    private static final Map<JobType, String> TYPES = new TreeMap<>(Comparator.comparing(JobType::toString));

    static {
        TYPES.put(TYPE, PREFIX);
        TYPES.put(OTHER_TYPE, PREFIX + "other-");
    }

    private final Plan plan;
    private final SimulatedProcess process;
    private final Calm calm;
    private final Map<String, Integer> notNows = new HashMap<>(); // by job

    SimulatedJobs(Plan plan, SimulatedProcess process, Calm calm) {
        this.plan = plan;
        this.process = process;
        this.calm = calm;
    }

    @Override
    public Map<JobType, String> types() {
        return Collections.unmodifiableMap(TYPES);
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(
                request.configurationId() + " of " + request.scope().projectId());
    }

    @Override
    @SuppressWarnings("NullAway") // null is one of the ways
    public JobCreation create(JobRequest request) {
        Behaviour behaviour = Behaviour.draw(
                plan,
                request.sourceDirectoryId(),
                SimulatedDirectory.number(request.file().id()));
        if (behaviour.failsToCreate(request.attempt())) {
            return switch (behaviour.creation()) {
                case REFUSED -> JobCreation.refused("refused");
                case REFUSED_FOR_NOW -> new JobCreation.Refused("refused for now", true);
                case NULL -> null;
                default -> throw new IllegalStateException("the creation fails");
            };
        }
        String job = request.proposedJobId();
        if (behaviour.notNows() > notNows.getOrDefault(job, 0) && behaviour.millis() % 2 == 0) {
            notNows.merge(job, 1, Integer::sum);
            return JobCreation.notNow(Duration.ofMillis(behaviour.millis()));
        }
        if (isRefusedByRemote(behaviour)) {
            return JobCreation.notNow(Duration.ofMillis(20L + behaviour.millis()));
        }
        Job body = body(behaviour);
        String prefix = TYPES.get(request.type());
        return behaviour.ownId() ? JobCreation.created(body, prefix + "own-" + job) : JobCreation.created(body);
    }

    private boolean isRefusedByRemote(Behaviour behaviour) {
        int capacity = plan.load().remoteCalls();
        return capacity > 0 && !SimulatedService.on(process.machine(), capacity).takes(behaviour.millis());
    }

    private Job body(Behaviour behaviour) {
        return switch (behaviour.body()) {
            case INSTANT -> Job.blocking(context -> end(behaviour, context));
            case BLOCKING, BLOCKING_DEAF -> Job.blocking(context -> block(behaviour, context));
            case HANGS -> Job.blocking(context -> hang(behaviour, context));
            case ASYNC, ASYNC_DEAF, ASYNC_AT_ONCE, HANGS_ASYNC -> Job.async(context -> start(behaviour, context));
        };
    }

    private Outcome block(Behaviour behaviour, JobContext context) throws InterruptedException {
        long end = process.nanos() + Duration.ofMillis(behaviour.millis()).toNanos();
        while (process.nanos() < end) {
            try {
                process.sleep(Duration.ofNanos(end - process.nanos()));
            } catch (InterruptedException stop) {
                if (behaviour.body() != Behaviour.BodyKind.BLOCKING_DEAF) {
                    throw stop;
                }
            }
        }
        return end(behaviour, context);
    }

    private Outcome hang(Behaviour behaviour, JobContext context) {
        while (!calm.hasBegun()) {
            SimulatedProcess.Nap nap = process.nap();
            calm.whenItBegins(nap::wake);
            try {
                nap.take();
            } catch (InterruptedException ignored) {
                // it hangs
            }
        }
        return end(behaviour, context);
    }

    private CompletionStage<Outcome> start(Behaviour behaviour, JobContext context) {
        CompletableFuture<Outcome> stage =
                behaviour.end() == Behaviour.EndKind.TWICE ? new TwiceStage() : new CompletableFuture<>();
        Runnable end = () -> {
            try {
                stage.complete(end(behaviour, context));
            } catch (RuntimeException | Error failure) {
                stage.completeExceptionally(failure);
            }
        };
        switch (behaviour.body()) {
            case ASYNC_AT_ONCE -> end.run();
            case HANGS_ASYNC -> calm.whenItBegins(() -> process.executor().execute(end));
            default -> {
                process.timer().schedule(end, Duration.ofMillis(behaviour.millis()));
                if (behaviour.body() == Behaviour.BodyKind.ASYNC) {
                    context.onStopRequested(() -> stage.complete(Outcome.stopped()));
                }
            }
        }
        return stage;
    }

    @SuppressWarnings("NullAway") // null is one of the ways
    private Outcome end(Behaviour behaviour, JobContext context) {
        String job = context.proposedJobId();
        if (behaviour.notNows() > notNows.getOrDefault(job, 0)) {
            notNows.merge(job, 1, Integer::sum);
            return Outcome.notNow(Duration.ofMillis(behaviour.millis()));
        }
        if (behaviour.failsToRun(context.attempt())) {
            if (behaviour.millis() % 2 == 0) {
                throw new IllegalStateException("the job fails");
            }
            return Outcome.failedRetryably("not yet");
        }
        return switch (behaviour.end()) {
            case SUCCESS, TWICE -> Outcome.succeeded();
            case FAILURE -> Outcome.failed("failed");
            case ERROR -> throw new OutOfMemoryError("simulated");
            case NULL -> null;
            case STOPPED -> Outcome.stopped();
        };
    }
}
