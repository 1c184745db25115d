package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.CloseReport;
import io.batchengine.limits.Limits;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.fault.CheckedBatchStore;
import io.batchengine.testkit.fault.CheckedJobFactory;
import io.batchengine.testkit.invariant.WatchedEngine;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Plan.EngineSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A place for an engine: while one is gone, until the next is started, nobody stands in it. */
final class EngineSlot {
    private static final Duration LIMITS_PROMPT = Duration.ofMillis(200);
    private static final Duration LIMITS_DELAYED = Duration.ofMinutes(2);

    private final RunContext run;
    private final EngineSpec spec;
    private final int number;
    private int generation;
    private boolean rejects;
    private DrawnLimits limits;
    private long limitsSince; // nanos
    private final Map<SimulatedProcess, BatchEngine> engines = new HashMap<>(); // all that ever stood here
    private @Nullable SimulatedProcess process;
    private @Nullable BatchEngine engine;

    EngineSlot(RunContext run, EngineSpec spec, int number) {
        this.run = run;
        this.spec = spec;
        this.number = number;
        this.limits = spec.limits();
    }

    @Nullable
    SimulatedProcess process() {
        return process;
    }

    @Nullable
    BatchEngine engine() {
        return engine;
    }

    boolean isEmpty() {
        return engine == null;
    }

    /** Starts an engine in a process of its own, unless one is there. */
    void start() {
        if (engine != null) {
            return;
        }
        generation++;
        SimulatedProcess started = run.machine.process("engine-" + number + "." + generation);
        Draw draw = Draw.of(run.plan.seed(), "engine", number * 1_000L + generation);
        if (spec.latencyMillis() > 0) {
            started.delayTasks(() -> Duration.ofMillis(run.calm.hasBegun() ? 0 : draw.below(spec.latencyMillis() + 1)));
        }
        Duration lease = Duration.ofMillis(spec.leaseMillis());
        boolean measured = !run.plan.isDisturbed() && spec.listener() == Plan.ListenerKind.PLAIN;
        Duration renewal = lease.dividedBy(3).plusSeconds(1);
        run.checkers.engineStarted(
                started,
                new WatchedEngine(
                        () -> limitsOf(started),
                        run.plan.isDisturbed() ? LIMITS_DELAYED : LIMITS_PROMPT,
                        spec.workers(),
                        measured ? renewal : null,
                        !run.plan.delaysFinding(),
                        measured && !spec.jobsInline()));
        run.checkers.engines().limitsGiven(started, limits.limits(), () -> {});
        run.trace.add(started, "starts with ", limits);
        process = started;
        engine = withLimits(engine(started, new Random(draw.seed())), started, draw)
                .build();
        engines.put(started, engine);
    }

    private Limits limitsOf(SimulatedProcess started) {
        BatchEngine one = engines.get(started);
        return one == null ? limits.limits() : one.limits();
    }

    private BatchEngineBuilder withLimits(BatchEngineBuilder builder, SimulatedProcess started, Draw draw) {
        if (spec.limitsEveryMillis() == 0) {
            return builder.limits(limits.limits());
        }
        boolean[] failed = {true}; // never twice in a row, so that there is a bound
        Supplier<Limits> supplier = () -> {
            failed[0] = !failed[0] && engines.containsKey(started) && !run.calm.hasBegun() && draw.oneIn(3);
            if (failed[0]) {
                throw new IllegalStateException("the supplier of limits fails");
            }
            return limits.limits();
        };
        return builder.limits(supplier, Duration.ofMillis(spec.limitsEveryMillis()));
    }

    /** Its limits are others from now on. */
    void change(DrawnLimits others) {
        limits = others;
        limitsSince = run.machine.nanos();
        SimulatedProcess running = process;
        BatchEngine changing = engine;
        if (running == null || changing == null) {
            return;
        }
        run.trace.add(running, "is to have ", others);
        if (spec.limitsEveryMillis() > 0) {
            run.checkers.engines().limitsGiven(running, others.limits(), () -> {});
            return;
        }
        running.executor().execute(() -> {
            Limits last = limits.limits();
            run.checkers.engines().limitsGiven(running, last, () -> changing.setLimits(last));
        });
    }

    /** Keeps nothing any more from its end. */
    void liftLimits() {
        DrawnLimits positive = limits.positive();
        if (!positive.equals(limits)) {
            change(positive);
        }
    }

    /** Whether its engine goes by other limits than it should by now. */
    boolean ignoresLimits() {
        BatchEngine one = engine;
        long millis = (run.machine.nanos() - limitsSince) / 1_000_000;
        return one != null
                && !run.plan.isDisturbed()
                && millis > 2 * spec.limitsEveryMillis() + 2_000
                && !one.limits().equals(limits.limits());
    }

    private BatchEngineBuilder engine(SimulatedProcess started, Random random) {
        BatchStore store =
                run.faults.around(run.troubled(new WatchedStore(run.store, started, run.checkers, run.trace)));
        Executor jobs = spec.jobsInline() ? started.inlineExecutor() : started.executor();
        BatchEngineBuilder builder = BatchEngine.builder()
                .executor(unlessRejected(jobs), spec.workers())
                .orchestrationExecutor(unlessRejected(started.executor()))
                .environment(environment -> environment
                        .withTimer(started.timer())
                        .withClock(started.clock())
                        .withTicker(started::nanos)
                        .withRandom(random))
                .sourceDirectory(run.directory)
                .jobFactory(new ProbedAttempts(jobFactory(started), started, run.checkers.engines()))
                .store(new CheckedBatchStore(new ProbedStore(store, started, run.checkers, run.trace), run.violations))
                .listener(new ProbedListener(started, spec.listener(), run.checkers, run.trace, run.calm, () -> engine))
                .environment(environment -> environment.withStepsPerTask(spec.stepsPerTask()))
                .pageSize(spec.pageSize())
                .delayedInMemory(spec.delayedInMemory())
                .lease(Duration.ofMillis(spec.leaseMillis()))
                .pollInterval(Duration.ofMillis(spec.pollMillis()))
                .stopGrace(Duration.ofMillis(spec.stopGraceMillis()));
        run.setting.builder().accept(started, builder);
        return builder;
    }

    private JobFactory jobFactory(SimulatedProcess started) {
        JobFactory real = run.setting.jobs().of(run.plan, started, run.calm);
        JobFactory probed = run.faults.around(new ProbedFactory(real, started, run.checkers, run.trace));
        // Where the store is set back, attempts begin again under the same epoch.
        return run.store instanceof SetBackStore ? probed : new CheckedJobFactory(probed, run.violations);
    }

    private Executor unlessRejected(Executor real) {
        return task -> {
            if (rejects) {
                throw new RejectedExecutionException("the simulated executor is full");
            }
            real.execute(task);
        };
    }

    void kill() {
        if (process != null) {
            run.killed(process);
        }
    }

    /** Its process is gone. */
    void vacate(SimulatedProcess gone) {
        if (process == gone) {
            process = null;
            engine = null;
            rejects = false;
        }
    }

    /** Closes its engine; the slot is empty at once. */
    CompletionStage<CloseReport> close(Duration deadline) {
        BatchEngine closing = engine;
        SimulatedProcess old = process;
        if (closing == null || old == null) {
            return CompletableFuture.completedStage(null);
        }
        run.trace.add(old, "closes within ", deadline);
        process = null;
        engine = null;
        rejects = false;
        return closing.closeAsync(deadline).whenComplete((report, failure) -> {
            run.trace.add(old, "is closed: ", report);
            if (report == null || !report.clean()) {
                run.checkers.engineLost(old);
            }
        });
    }

    void reject(boolean on) {
        rejects = on;
    }
}
