package io.batchengine.support;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.model.JobType;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Jobs that take simulated time, and a record of all their starts: for tests of what runs when, and beside how many others. */
public final class Load implements JobFactory {
    /** A type of its jobs. */
    public static final JobType TYPE = JobType.of("test_v1");
    /** Another one. */
    public static final JobType OTHER_TYPE = JobType.of("other_v1");

    /** How jobs spend their time. */
    public enum Kind {
        /** On a thread. */
        BLOCKING,
        /** On the timer alone. */
        ASYNCHRONOUS
    }

    /** One start of a job. */
    public record Start(long nanos, String project, JobType type, String batch, String file) {}

    private final ManualMachine machine;
    private final Workers workers;
    private final Kind kind;
    private final List<Start> starts = new ArrayList<>();
    private final Map<String, Integer> inFlight = new HashMap<>();
    private final Map<String, Integer> most = new HashMap<>();
    private Function<JobRequest, Duration> time = request -> Duration.ZERO;
    private Function<JobContext, Outcome> outcome = job -> Outcome.succeeded();

    /** Jobs on a machine, which take no time at first. */
    public Load(ManualMachine machine, Kind kind) {
        this.machine = machine;
        this.kind = kind;
        this.workers = new Workers(machine);
    }

    /** Jobs that take a time. */
    public Load taking(Duration each) {
        return taking(request -> each);
    }

    /** Jobs that take a time of their own. */
    public Load taking(Function<JobRequest, Duration> each) {
        time = each;
        return this;
    }

    /** Jobs that end so. */
    public Load ending(Function<JobContext, Outcome> how) {
        outcome = how;
        return this;
    }

    /** An engine with these jobs, over directories of generated files that are named by how many they have, like {@code 1000}. */
    public BatchEngineBuilder engine(int threads) {
        return engine(threads, task -> {});
    }

    /** The same; each task that its workers get is shown before. */
    public BatchEngineBuilder engine(int threads, Consumer<Runnable> shown) {
        ListedDirectory directory = new ListedDirectory();
        for (int files : new int[] {1, 2, 3, 5, 10, 20, 50, 100, 200, 1_000, 10_000, 100_000, 1_000_000}) {
            directory.generating(Integer.toString(files), files);
        }
        return BatchEngine.builder()
                .executor(
                        task -> {
                            shown.accept(task);
                            workers.executor().execute(task);
                        },
                        threads)
                .orchestrationExecutor(machine.executor())
                .environment(environment -> environment
                        .withTimer(machine.timer())
                        .withClock(machine.clock())
                        .withTicker(machine::nanos)
                        .withRandom(new java.util.Random(42)))
                .sourceDirectory(directory)
                .jobFactory(this);
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(TYPE, "tst-", OTHER_TYPE, "oth-");
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(request.configurationId());
    }

    @Override
    public JobCreation create(JobRequest request) {
        String project = request.scope().projectId();
        starts.add(new Start(
                machine.nanos(),
                project,
                request.type(),
                request.batchId(),
                request.file().id()));
        Duration each = time.apply(request);
        List<String> whose = List.of("engine", project, request.type().toString(), request.batchId());
        if (each.isZero()) {
            return JobCreation.created(Job.blocking(outcome::apply));
        }
        if (kind == Kind.BLOCKING) {
            return JobCreation.created(Job.blocking(job -> {
                begun(whose);
                workers.sleep(each);
                ended(whose);
                return outcome.apply(job);
            }));
        }
        return JobCreation.created(Job.async(job -> {
            begun(whose);
            CompletableFuture<Outcome> end = new CompletableFuture<>();
            machine.timer()
                    .schedule(
                            () -> {
                                ended(whose);
                                end.complete(outcome.apply(job));
                            },
                            each);
            return end;
        }));
    }

    private void begun(List<String> whose) {
        for (String key : whose) {
            int now = inFlight.merge(key, 1, Integer::sum);
            most.merge(key, now, Math::max);
        }
    }

    private void ended(List<String> whose) {
        whose.forEach(key -> inFlight.merge(key, -1, Integer::sum));
    }

    /** Jobs in flight now: of the {@code engine}, a project, a type or a batch. */
    public int inFlight(Object whose) {
        return inFlight.getOrDefault(whose.toString(), 0);
    }

    /** The most jobs that ever were in flight together. */
    public int most(Object whose) {
        return most.getOrDefault(whose.toString(), 0);
    }

    /** Forgets the most. */
    public void forgetMost() {
        most.clear();
    }

    /** Every start so far. */
    public List<Start> starts() {
        return starts;
    }

    /** How many starts there were of a kind. */
    public long starts(Predicate<Start> which) {
        return starts.stream().filter(which).count();
    }

    /** How many starts there were of a project. */
    public long startsOf(String project) {
        return starts(start -> start.project().equals(project));
    }
}
