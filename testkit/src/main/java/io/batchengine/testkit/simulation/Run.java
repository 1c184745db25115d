package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngine;
import io.batchengine.CloseReport;
import io.batchengine.model.Text;
import io.batchengine.testkit.fault.Fault;
import io.batchengine.testkit.invariant.Findings;
import io.batchengine.testkit.invariant.Invariant;
import io.batchengine.testkit.machine.LivelockException;
import io.batchengine.testkit.machine.Phase;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Incident.CallFault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs a plan: first with all that goes wrong, then calm, until every batch has ended and every engine is closed; and has it checked.
 */
final class Run {
    /** Within which time all ends once they have. */
    private static final Duration CALM = Duration.ofMinutes(15);

    private static final Duration CLOSING = Duration.ofMinutes(1);
    private static final Set<String> SIMULATION = Set.of(Run.class.getName(), SimulatedMachine.class.getName());

    /**
     * What came of it.
     *
     * @param plan what was run
     * @param findings what the checkers say
     * @param events what happened
     * @param struck how many faults really happened
     * @param simulatedNanos how long it took by the machine's clock
     * @param storeCalls how many calls of the store were made
     * @param steps how many tasks have run
     */
    record Result(
            Plan plan, Findings findings, Trace events, long struck, long simulatedNanos, long storeCalls, long steps) {
        String trace() {
            return events.toString();
        }

        Optional<Findings.Violation> firstViolation() {
            return findings.violations().stream().findFirst();
        }
    }

    private final RunContext run;
    private final Users users;
    private final Operator operator;
    private final List<Closing> closings = new ArrayList<>();
    private int ahead; // incidents that have not happened yet

    private record Closing(@Nullable SimulatedProcess process, CompletionStage<CloseReport> end) {
        /** Also where it was killed meanwhile. */
        boolean isOver() {
            return process == null
                    || process.isKilled()
                    || end.toCompletableFuture().isDone();
        }
    }

    private Run(Plan plan, Setting setting) {
        this.run = new RunContext(plan, setting);
        this.users = new Users(run);
        this.operator = new Operator(run, users);
    }

    static Result of(Plan plan, Setting setting) {
        return new Run(plan, setting).toEnd();
    }

    private Result toEnd() {
        try (var machine = run.machine) {
            run.plan.incidents().forEach(this::plan);
            run.slots.forEach(EngineSlot::start);
            try {
                machine.run(storm());
            } catch (LivelockException endless) {
                run.findings.violated(Invariant.LIVENESS, Text.describe(endless));
            } catch (Throwable thrown) { // by a task that nobody guards, such as a timer's of the author's own
                run.findings.violated(Invariant.NO_DEFECT, "a task throws " + told(thrown));
            }
            check(machine);
            run.trace.seal();
        }
        return new Result(
                run.plan,
                run.findings,
                run.trace,
                run.struck,
                run.machine.nanos(),
                run.storeCalls(),
                run.machine.steps());
    }

    private Phase storm() {
        return new Phase(this::isOver, Duration.ofMillis(run.plan.calmAtMillis()), endedEarly -> calm());
    }

    private Phase calm() {
        becomeCalm();
        return new Phase(this::isOver, CALM, ended -> {
            if (!ended) {
                run.findings.violated(Invariant.LIVENESS, "within " + CALM + " of calm " + standing());
            }
            return run.findings.violations().isEmpty() ? closing() : null;
        });
    }

    private Phase closing() {
        closeAll();
        return new Phase(this::allClosed, CLOSING.multipliedBy(2), closed -> {
            if (!closed) {
                run.findings.violated(Invariant.LIVENESS, "an engine does not close within " + CLOSING);
            }
            return aftermath();
        });
    }

    private boolean allClosed() {
        for (Closing closing : closings) {
            if (!closing.isOver()) {
                return false;
            }
        }
        return true;
    }

    /** Whatever an engine does behind its close. */
    private Phase aftermath() {
        return new Phase(() -> false, Duration.ofSeconds(5), never -> {
            run.checkers.atEnd(run.store);
            operator.check();
            return null;
        });
    }

    private void check(SimulatedMachine machine) {
        if (run.setting.hasCheck() && run.findings.violations().isEmpty()) {
            run.findings.exercised(Invariant.OWN_CHECK);
            try {
                run.setting.check().accept(new FinishedRun(machine, run.store, run.checkers.standing()));
            } catch (Throwable thrown) {
                run.findings.violated(Invariant.OWN_CHECK, told(thrown));
            }
        }
    }

    /** What was thrown, with the frames down to those of the simulation itself. */
    private static String told(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .takeWhile(frame -> !SIMULATION.contains(frame.getClassName()))
                .map(frame -> "  at " + frame)
                .collect(Collectors.joining(System.lineSeparator(), thrown + System.lineSeparator(), ""));
    }

    private boolean isOver() {
        if (!run.violations.isEmpty()
                && !run.isSetBack
                && run.findings.violations().isEmpty()) {
            run.findings.violated(Invariant.LEGAL_CALLS, run.violations.found().get(0));
        }
        return !run.findings.violations().isEmpty()
                || (ahead == 0 && users.areServed() && run.checkers.unfinished().isEmpty());
    }

    private void becomeCalm() {
        run.trace.add(run.world, "calm begins");
        run.faults.clear();
        run.calm.begin();
        for (EngineSlot slot : run.slots) {
            slot.reject(false);
            SimulatedProcess process = slot.process();
            if (process != null) {
                process.resume();
            }
            slot.liftLimits();
            slot.start();
        }
        operator.begin();
    }

    private void closeAll() {
        for (EngineSlot slot : run.slots) {
            BatchEngine engine = slot.engine();
            if (engine != null) {
                if (slot.ignoresLimits()) {
                    run.findings.violated(Invariant.LIMITS, "an engine goes by other limits than it was given");
                }
                engine.health().problems().stream()
                        .filter(problem -> problem.contains("defect"))
                        .forEach(problem -> run.findings.violated(Invariant.NO_DEFECT, problem));
                close(slot, CLOSING);
            }
        }
        run.findings.exercised(Invariant.LIVENESS);
        run.findings.exercised(Invariant.NO_DEFECT);
        run.findings.exercised(Invariant.LEGAL_CALLS);
    }

    private void close(EngineSlot slot, Duration deadline) {
        SimulatedProcess process = slot.process();
        closings.add(new Closing(process, slot.close(deadline)));
    }

    private String standing() {
        return run.checkers.unfinished().stream()
                .map(batch -> batch.id() + " is still " + batch.state())
                .findFirst()
                .orElse("a user waits for an answer");
    }

    // Incidents.

    private void plan(Incident incident) {
        if (incident instanceof Incident.Create create) {
            users.plan(create);
        } else if (incident instanceof Incident.UserCall call) {
            users.plan(call);
        } else if (incident instanceof CallFault fault) {
            run.faults.on(fault.calls(), effect(fault).at(fault.first()).times(fault.times()));
        } else if (!(incident instanceof Incident.Refusal || incident instanceof Incident.Stall)) { // part of the store
            ahead++;
            run.in(incident.at(), () -> {
                ahead--;
                if (!run.calm.hasBegun()) {
                    happen(incident);
                }
            });
        }
    }

    private void happen(Incident incident) {
        if (incident instanceof Incident.Kill kill) {
            EngineSlot slot = run.slot(kill.slot());
            struckIf(!slot.isEmpty());
            slot.kill();
            restartIn(kill.restartMillis(), slot);
        } else if (incident instanceof Incident.Close close) {
            EngineSlot slot = run.slot(close.slot());
            struckIf(!slot.isEmpty());
            close(slot, Duration.ofMillis(close.deadlineMillis()));
            restartIn(close.restartMillis(), slot);
        } else if (incident instanceof Incident.Pause pause) {
            SimulatedProcess process = run.slot(pause.slot()).process();
            if (process != null) {
                struckIf(true);
                run.trace.add(process, "is paused");
                process.pause();
                run.in(pause.millis(), () -> {
                    run.trace.add(process, "goes on");
                    process.resume();
                });
            }
        } else if (incident instanceof Incident.ClockJump jump) {
            SimulatedProcess process = run.slot(jump.slot()).process();
            if (process != null) {
                struckIf(true);
                run.trace.add(process, "has its clock moved by ", jump.seconds(), " s");
                process.jumpClock(Duration.ofSeconds(jump.seconds()));
            }
        } else if (incident instanceof Incident.ChangeLimits change) {
            run.slot(change.slot()).change(change.limits());
        } else if (incident instanceof Incident.SetBack back) {
            run.setBack(back.calls());
        } else if (incident instanceof Incident.Rejection rejection) {
            EngineSlot slot = run.slot(rejection.slot());
            struckIf(!slot.isEmpty());
            slot.reject(true);
            run.in(rejection.millis(), () -> slot.reject(false));
        }
    }

    private void restartIn(int millis, EngineSlot slot) {
        run.in(millis, slot::start);
    }

    private void struckIf(boolean really) {
        run.struck += really ? 1 : 0;
    }

    private Fault effect(CallFault fault) {
        Duration time = Duration.ofMillis(fault.millis());
        Fault.Sleeper sleeper = wait -> run.machine.running().sleep(wait);
        Fault effect = switch (fault.effect()) {
            case THROWS -> Fault.throwing(() -> new IllegalStateException("simulated"));
            case THROWS_CHECKED -> Fault.throwing(() -> new IOException("simulated"));
            case THROWS_ERROR -> Fault.throwing(() -> new OutOfMemoryError("simulated"));
            case DONE_THEN_THROWS -> Fault.doneThenThrowing(() -> new IllegalStateException("simulated"));
            case NULL -> Fault.answeringNull();
            case SLOW -> Fault.slow(time, sleeper);
            case ANSWERS_LATE -> Fault.answeringLate(time, sleeper);
            case CRASH_BEFORE -> Fault.throwing(() -> crash(fault));
            case CRASH_AFTER -> Fault.doneThenThrowing(() -> crash(fault));
        };
        return effect.whenItStrikes(() -> {
            run.struck++;
            run.trace.add(run.machine.running(), "meets ", fault.effect());
        });
    }

    /** Never comes back: what it is called by is gone. */
    private AssertionError crash(CallFault fault) {
        SimulatedProcess process = run.machine.running();
        run.killed(process);
        run.slots.stream().filter(EngineSlot::isEmpty).forEach(slot -> restartIn(fault.millis(), slot));
        process.stopHere();
        return new AssertionError("a killed process goes on");
    }
}
