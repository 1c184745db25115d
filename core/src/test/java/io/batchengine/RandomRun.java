package io.batchengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.RetryPolicy;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.BatchStore;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileQuery;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.StoredBatch;
import io.batchengine.support.Factories;
import io.batchengine.support.FaultyStore;
import io.batchengine.support.FaultyStore.Fault;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** One run of a workload that follows from a seed: engines, batches, jobs, faults and what users do meanwhile. */
final class RandomRun {
    private static final String PROJECT = "prj-default";

    private final Random random;
    private final ManualMachine machine;
    private final BatchStore real;
    private final BatchStore store;
    private final ListedDirectory directory = new ListedDirectory();
    private final List<BatchEngine> engines = new ArrayList<>();
    private final List<ManualMachine.Simulated> processes = new ArrayList<>(); // of the engines, one each
    private final List<CompletionStage<CloseReport>> closed = new ArrayList<>();
    private final List<String> batches = new ArrayList<>();
    private final RandomRunWatch watch;
    private final boolean storeFails;
    private final boolean engineCloses;
    private final int deaths;
    private boolean quiet;
    private int toCreate;

    RandomRun(long seed) {
        random = new Random(seed);
        machine = new ManualMachine(new Random(random.nextLong()));
        real = new InMemoryBatchStore(machine::nanos);
        storeFails = random.nextInt(4) == 0;
        engineCloses = random.nextInt(3) == 0;
        deaths = random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0;
        store = new FaultyStore(real, call -> fault());
        watch = new RandomRunWatch(machine, real, storeFails || engineCloses || deaths > 0);
    }

    /** Runs to the end and checks it; gives the trace. */
    List<String> run() {
        for (int i = 0; i < 3; i++) {
            directory.with("dir-" + i, fileIds(random.nextInt(4) == 0 ? 0 : random.nextInt(40)));
        }
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            engines.add(engine());
        }
        plan();
        machine.advanceUntil(() -> toCreate == 0 && batches.stream().allMatch(this::hasEnded));
        machine.advance(Duration.ofSeconds(5));
        quiet = true;
        batches.forEach(this::check);
        closeAll();
        watch.checkEvents();
        return watch.trace();
    }

    /** How things stand, for people: states, health, and the last of what happened. */
    String describe() {
        List<String> lines = new ArrayList<>();
        batches.forEach(id -> lines.add(id + " " + stored(id).state()));
        engines.forEach(engine -> lines.add(engine.health().toString()));
        List<String> trace = watch.trace();
        lines.addAll(trace.subList(Math.max(0, trace.size() - 40), trace.size()));
        return String.join(System.lineSeparator(), lines);
    }

    private void plan() {
        toCreate = 1 + random.nextInt(4);
        for (int i = toCreate; i > 0; i--) {
            in(random.nextInt(1_500), this::create);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            in(random.nextInt(4_000), this::cancelOne);
        }
        if (engineCloses) {
            in(random.nextInt(4_000), this::closeOne);
        }
        for (int i = 0; i < deaths; i++) {
            in(random.nextInt(20_000), this::killOne);
        }
    }

    private BatchEngine engine() {
        ManualMachine.Simulated process = machine.process();
        processes.add(process);
        return process.engine(1 + random.nextInt(4), new Random(random.nextLong()))
                .sourceDirectory(directory)
                .jobFactory(Factories.creating(new RandomJobs(random.nextLong(), machine, watch, engines.size())))
                .store(store)
                .listener(watch.listener(engines.size()))
                .maxInFlight(1 + random.nextInt(8))
                .stepsPerTask(1 + random.nextInt(3))
                .pageSize(1 + random.nextInt(20))
                .lease(Duration.ofSeconds(3 + random.nextInt(20)))
                .pollInterval(Duration.ofMillis(200 + random.nextInt(5_000)))
                .stopGrace(Duration.ofMillis(random.nextInt(2_000)))
                .build();
    }

    private void create() {
        int attempts = 1 + random.nextInt(3);
        Duration backoff = Duration.ofMillis(random.nextInt(1_000));
        BatchOptions options = BatchOptions.DEFAULT
                .withRetry(new RetryPolicy(attempts, backoff, backoff.multipliedBy(2)))
                .withJobTimeout(random.nextInt(4) == 0 ? Duration.ofMillis(1 + random.nextInt(500)) : null)
                .withMaxFiles(random.nextInt(8) == 0 ? random.nextInt(20) : 1_000);
        CreateBatch request = CreateBatch.of("dir-" + random.nextInt(3), Factories.TYPE, "cfg-any")
                .withOptions(options)
                .withIdempotencyKey("key-" + random.nextInt(1_000_000));
        send(request);
    }

    private void send(CreateBatch request) {
        try {
            Batch batch = anyOpen().batches().create(request);
            batches.add(batch.id());
            watch.note("created " + batch.id());
            toCreate--;
        } catch (BatchEngineException down) {
            in(300, () -> send(request));
        }
    }

    private void cancelOne() {
        if (batches.isEmpty()) {
            return;
        }
        String id = batches.get(random.nextInt(batches.size()));
        BatchEngine engine = anyOpen();
        try {
            engine.batches().cancel(id);
            watch.cancelled(engines.indexOf(engine), id);
        } catch (BatchEngineException tooLateOrDown) {
            watch.note("no cancel of " + id + ": " + tooLateOrDown.code());
        }
    }

    private void closeOne() {
        BatchEngine closing = anyOpen();
        engines.add(engine());
        watch.note("close " + engines.indexOf(closing));
        closed.add(closing.closeAsync(Duration.ofMillis(random.nextInt(3) == 0 ? 0 : random.nextInt(4_000))));
    }

    private void killOne() {
        if (quiet) {
            return; // all have ended before
        }
        BatchEngine killed = anyOpen();
        int index = engines.indexOf(killed);
        processes.get(index).kill();
        watch.killed(index);
        engines.add(engine());
    }

    private boolean isAlive(BatchEngine engine) {
        return !processes.get(engines.indexOf(engine)).isKilled();
    }

    private BatchEngine anyOpen() {
        List<BatchEngine> open = engines.stream()
                .filter(engine -> engine.health().status() != EngineHealth.Status.CLOSED && isAlive(engine))
                .toList();
        return open.get(random.nextInt(open.size()));
    }

    private Fault fault() {
        return quiet || !storeFails || random.nextInt(12) > 0
                ? Fault.NONE
                : random.nextBoolean() ? Fault.BEFORE : Fault.AFTER;
    }

    private boolean hasEnded(String id) {
        return stored(id).state().status().isTerminal();
    }

    private StoredBatch stored(String id) {
        return real.find(new BatchKey.ById(PROJECT, id)).orElseThrow();
    }

    private void check(String id) {
        StoredBatch batch = stored(id);
        StoredBatch.State state = batch.state();
        List<FileRecord> files = real.files(new FileQuery.InBatch(id, 0, Long.MAX_VALUE, Set.of(), Integer.MAX_VALUE));
        for (FileOutcome outcome : FileOutcome.values()) {
            long found = files.stream()
                    .filter(file -> file.settled() != null && file.settled().outcome() == outcome)
                    .count();
            long counted = switch (outcome) {
                case SUCCEEDED -> state.counts().succeeded();
                case FAILED -> state.counts().failed();
                case CANCELLED -> state.counts().cancelled();
                case MAPPING_ERROR -> state.counts().mappingErrors();
            };
            assertThat(counted).as("%s of %s", outcome, id).isEqualTo(found);
        }
        assertThat(state.counts().listed()).isEqualTo(files.size());
        List<String> listed = directory.idsOf(batch.request().sourceDirectoryId());
        boolean tooMany = listed.size() > batch.request().options().maxFiles();
        switch (state.status()) {
            case COMPLETED -> {
                assertThat(tooMany).isFalse();
                assertThat(state.cancelRequested()).isFalse();
                assertThat(state.listingEnded()).isTrue();
                assertThat(files).extracting(FileRecord::fileId).containsExactlyElementsOf(listed);
                assertThat(files).allMatch(file -> file.settled() != null);
                assertThat(state.settledBelow()).isEqualTo(listed.size());
            }
            case CANCELLED -> assertThat(state.cancelRequested()).isTrue();
            case FAILED -> assertThat(tooMany).isTrue();
            default -> throw new AssertionError(id + " is " + state.status());
        }
        watch.checkFiles(batch, files);
    }

    private void closeAll() {
        List<BatchEngine> alive = engines.stream().filter(this::isAlive).toList();
        for (BatchEngine engine : alive) {
            List<String> problems = engine.health().problems();
            assertThat(problems).noneMatch(problem -> problem.contains("defect"));
            if (!storeFails) {
                assertThat(problems).isEmpty();
            }
            closed.add(engine.closeAsync(Duration.ofSeconds(60)));
        }
        machine.advance(Duration.ofMinutes(2));
        closed.subList(closed.size() - alive.size(), closed.size())
                .forEach(report -> assertThat(report.toCompletableFuture()).isCompleted());
        for (BatchEngine engine : alive) {
            assertThat(engine.health().activeBatches()).isZero();
            assertThat(engine.health().jobsInFlight()).as("in flight").isZero();
        }
        if (deaths == 0) {
            assertThat(directory.openListings()).as("open listings").isZero();
        }
    }

    private void in(int millis, Runnable action) {
        // As a task, so that what users do comes between any two tasks of the engines.
        machine.timer().schedule(() -> machine.executor().execute(action), Duration.ofMillis(millis));
    }

    private static String[] fileIds(int count) {
        return IntStream.range(0, count).mapToObj("f-%03d"::formatted).toArray(String[]::new);
    }
}
