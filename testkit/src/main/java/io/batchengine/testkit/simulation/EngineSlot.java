package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.CloseReport;
import io.batchengine.spi.BatchStore;
import io.batchengine.testkit.fault.CheckedBatchStore;
import io.batchengine.testkit.fault.CheckedJobFactory;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Plan.EngineSpec;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** A place for an engine: while one is gone, until the next is started, nobody stands in it. */
final class EngineSlot {
    private final RunContext run;
    private final EngineSpec spec;
    private final int number;
    private int generation;
    private boolean rejects;
    private @Nullable SimulatedProcess process;
    private @Nullable BatchEngine engine;

    EngineSlot(RunContext run, EngineSpec spec, int number) {
        this.run = run;
        this.spec = spec;
        this.number = number;
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
        run.checkers.engineStarted(started, spec.maxInFlight(), measured ? renewal : null);
        run.trace.add(started, "starts");
        process = started;
        engine = engine(started, new Random(draw.seed())).build();
    }

    private BatchEngineBuilder engine(SimulatedProcess started, Random random) {
        BatchStore store = run.faults.around(new WatchedStore(run.store, started, run.checkers, run.trace));
        Executor jobs = spec.jobsInline() ? started.inlineExecutor() : started.executor();
        BatchEngineBuilder builder = BatchEngine.builder()
                .executor(unlessRejected(jobs), spec.workers())
                .orchestrationExecutor(unlessRejected(started.executor()))
                .timer(started.timer())
                .clock(started.clock())
                .ticker(started::nanos)
                .random(random)
                .sourceDirectory(run.directory)
                .jobFactory(new CheckedJobFactory(
                        run.faults.around(new ProbedFactory(
                                run.setting.jobs().of(run.plan, started, run.calm), started, run.checkers, run.trace)),
                        run.violations))
                .store(new CheckedBatchStore(new ProbedStore(store, started, run.checkers, run.trace), run.violations))
                .listener(new ProbedListener(started, spec.listener(), run.checkers, run.trace, run.calm, () -> engine))
                .maxInFlight(spec.maxInFlight())
                .stepsPerTask(spec.stepsPerTask())
                .pageSize(spec.pageSize())
                .lease(Duration.ofMillis(spec.leaseMillis()))
                .pollInterval(Duration.ofMillis(spec.pollMillis()))
                .stopGrace(Duration.ofMillis(spec.stopGraceMillis()));
        run.setting.builder().accept(started, builder);
        return builder;
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
