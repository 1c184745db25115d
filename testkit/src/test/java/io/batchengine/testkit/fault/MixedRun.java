package io.batchengine.testkit.fault;

import io.batchengine.BatchEngine;
import io.batchengine.CloseReport;
import io.batchengine.CreateBatch;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/** Two engines on one store, all behind checking and failing decorators, with a workload that follows from a seed. */
final class MixedRun implements JobFactory {
    static final JobType TYPE = JobType.of("mixed_v1");
    private static final EnumSet<Call> STORE = EnumSet.range(Call.STORE_CREATE, Call.STORE_DELETE);

    final Violations violations = new Violations();
    final Faults faults = new Faults();
    final List<String> batches = new ArrayList<>();
    private final Random random;
    private final SimulatedMachine machine;
    private final SimulatedProcess world;
    private final BatchStore real;
    private final Shelf shelf = new Shelf();
    private final CheckedSourceDirectory directory;
    private final JobFactory factory;
    private final List<BatchEngine> engines = new ArrayList<>();
    private final List<CompletionStage<CloseReport>> closing = new ArrayList<>();

    MixedRun(long seed) {
        random = new Random(seed);
        machine = new SimulatedMachine(random.nextLong());
        world = machine.process("world");
        real = new InMemoryBatchStore(machine::nanos);
        directory = new CheckedSourceDirectory(faults.around(shelf), violations);
        factory = new CheckedJobFactory(faults.around(this), violations);
    }

    /** Runs all batches to their end and closes the engines. */
    void run(boolean withFaults, boolean withClose) {
        try (machine) {
            runAll(withFaults, withClose);
        }
    }

    private void runAll(boolean withFaults, boolean withClose) {
        for (int i = 0; i < 3; i++) {
            shelf.fill("dir-" + i, random.nextInt(60));
        }
        engines.add(engine());
        engines.add(engine());
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            after(millis(1_500), this::create);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            after(millis(4_000), this::cancel);
        }
        if (withClose) {
            after(millis(4_000), () -> {
                closing.add(engines.remove(0).closeAsync(millis(3_000)));
                engines.add(engine());
            });
        }
        if (withFaults) {
            setFaults();
            after(Duration.ofSeconds(30), faults::clear);
        }
        runUntil(() -> batches.size() == count && batches.stream().allMatch(this::hasEnded));
        engines.forEach(engine -> closing.add(engine.closeAsync(Duration.ofSeconds(1))));
        runUntil(
                () -> closing.stream().allMatch(end -> end.toCompletableFuture().isDone()));
        machine.runUntil(() -> false, Duration.ofMinutes(2));
    }

    private void runUntil(BooleanSupplier condition) {
        if (!machine.runUntil(condition, Duration.ofHours(1))) {
            throw new AssertionError("did not happen within an hour");
        }
    }

    private void after(Duration delay, Runnable task) {
        world.timer().schedule(task, delay);
    }

    /** Lets time pass for the task that runs now. */
    private void spend(Duration time) throws InterruptedException {
        machine.running().sleep(time);
    }

    int openListings() {
        return directory.openListings();
    }

    private BatchEngine engine() {
        return machine.process("engine")
                .engine(1 + random.nextInt(4), new Random(random.nextLong()))
                .sourceDirectory(directory)
                .jobFactory(factory)
                .store(new CheckedBatchStore(faults.around(real), violations))
                .maxInFlight(1 + random.nextInt(8))
                .environment(environment -> environment.withStepsPerTask(1 + random.nextInt(3)))
                .pageSize(1 + random.nextInt(20))
                .lease(Duration.ofSeconds(3 + random.nextInt(20)))
                .pollInterval(millis(5_000).plusMillis(200))
                .stopGrace(millis(2_000))
                .build();
    }

    private void setFaults() {
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            Fault fault = switch (random.nextInt(4)) {
                case 0 -> Fault.throwing(() -> new IOException("cut off before"));
                case 1 -> Fault.doneThenThrowing(() -> new IllegalStateException("cut off behind"));
                case 2 -> Fault.slow(millis(3_000), this::spend);
                default -> Fault.throwing(() -> new StackOverflowError("deep"));
            };
            faults.on(
                    random.nextBoolean()
                            ? STORE
                            : EnumSet.of(Call.STORE_COMMIT, Call.LISTING_NEXT, Call.DIRECTORY_FIND),
                    fault.at(1 + random.nextInt(60)).times(1 + random.nextInt(3)));
        }
    }

    private void create() {
        Duration backoff = millis(1_000);
        BatchOptions options = BatchOptions.DEFAULT
                .withRetry(RetryPolicy.of(1 + random.nextInt(3)).withBackoff(backoff, backoff.multipliedBy(2)))
                .withJobTimeout(random.nextInt(4) == 0 ? millis(500).plusMillis(1) : null)
                .withMaxFiles(random.nextInt(8) == 0 ? random.nextInt(20) : 1_000);
        send(CreateBatch.of("dir-" + random.nextInt(3), TYPE, "cfg-any")
                .withOptions(options)
                .withIdempotencyKey("key-" + random.nextInt(1_000_000)));
    }

    private void send(CreateBatch request) {
        try {
            Batch batch = engines.get(random.nextInt(engines.size())).batches().create(request);
            batches.add(batch.id());
        } catch (BatchEngineException | StackOverflowError down) {
            after(Duration.ofMillis(300), () -> send(request));
        }
    }

    private void cancel() {
        if (!batches.isEmpty()) {
            try {
                engines.get(random.nextInt(engines.size()))
                        .batches()
                        .cancel(batches.get(random.nextInt(batches.size())));
            } catch (BatchEngineException | StackOverflowError endedOrDown) { // then it is not cancelled
            }
        }
    }

    private boolean hasEnded(String id) {
        return status(id).isTerminal();
    }

    BatchStatus status(String id) {
        return real.find(new BatchKey.ById("prj-default", id))
                .orElseThrow()
                .state()
                .status();
    }

    private Duration millis(int bound) {
        return Duration.ofMillis(random.nextInt(bound));
    }

    @Override
    public Map<JobType, String> types() {
        return Map.of(TYPE, "mix-");
    }

    @Override
    public ConfigurationSnapshot resolve(ResolveRequest request) {
        return ConfigurationSnapshot.of(request.configurationId());
    }

    @Override
    public JobCreation create(JobRequest request) {
        return switch (random.nextInt(20)) {
            case 0 -> JobCreation.notNow(millis(1_500));
            case 1 -> JobCreation.refused("no");
            case 2 -> new JobCreation.Refused("not yet", true);
            case 3 -> throw new IllegalStateException("broken");
            case 4 -> JobCreation.created(Job.blocking(this::body), "mix-own-" + request.proposedJobId());
            case 5, 6, 7, 8 -> JobCreation.created(Job.async(this::start));
            default -> JobCreation.created(Job.blocking(this::body));
        };
    }

    private Outcome body(JobContext context) throws InterruptedException {
        if (random.nextInt(4) == 0) {
            spend(millis(20));
        }
        return switch (random.nextInt(14)) {
            case 0 -> Outcome.failed("no");
            case 1 -> Outcome.failedRetryably("not yet");
            case 2 -> throw new IllegalStateException("broken");
            case 3 -> Outcome.notNow(millis(800));
            case 4 -> Outcome.stopped();
            default -> Outcome.succeeded();
        };
    }

    private CompletionStage<Outcome> start(JobContext context) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        if (random.nextInt(3) > 0) {
            context.onStopRequested(() -> end.complete(Outcome.stopped()));
        }
        after(millis(4_000), () -> {
            try {
                end.complete(body(context));
            } catch (IllegalStateException | InterruptedException broken) {
                end.completeExceptionally(broken);
            }
        });
        return end;
    }
}
