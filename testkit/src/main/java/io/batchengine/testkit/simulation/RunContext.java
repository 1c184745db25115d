package io.batchengine.testkit.simulation;

import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.testkit.fault.Call;
import io.batchengine.testkit.fault.CheckedSourceDirectory;
import io.batchengine.testkit.fault.Faults;
import io.batchengine.testkit.fault.Violations;
import io.batchengine.testkit.invariant.Checkers;
import io.batchengine.testkit.invariant.Findings;
import io.batchengine.testkit.machine.SimulatedMachine;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** What the parts of one run share. */
final class RunContext {
    final Plan plan;
    final Setting setting;
    final SimulatedMachine machine;
    final SimulatedProcess world; // users, and whoever kills and starts
    final Trace trace;
    final Findings findings;
    final Checkers checkers;
    final Violations violations = new Violations();
    final Faults faults = new Faults();
    final Calm calm = new Calm();
    final BatchStore store;
    final SourceDirectory directory;
    final List<EngineSlot> slots = new ArrayList<>();
    final List<String> created = new ArrayList<>(); // batches, by id
    final Set<String> stalled =
            new HashSet<>(); // batches, by id, of which the store has told rows by which nobody gets on
    private final Map<Incident.Stall, AtomicLong> stallingCalls = new HashMap<>(); // of all engines
    boolean isSetBack; // attempts may begin again then, under the same epoch
    long struck; // faults that really happened

    RunContext(Plan plan, Setting setting) {
        boolean setsBack = setting.store() == Setting.IN_MEMORY && !setting.ownJobs() && !setting.hasCheck();
        this.plan = setsBack ? plan : plan.withoutSetBacks();
        this.setting = setting;
        this.machine = new SimulatedMachine(plan.seed());
        this.world = machine.process("world");
        this.trace = new Trace(machine);
        this.findings = new Findings(this.plan.notJudged());
        this.checkers = new Checkers(findings, new PlannedOutcomes(plan, setting.ownJobs()));
        boolean setBack = this.plan.incidents().stream().anyMatch(Incident.SetBack.class::isInstance);
        this.store =
                setBack ? new SetBackStore(machine::nanos) : setting.store().apply(machine);
        this.directory =
                new CheckedSourceDirectory(faults.around(new SimulatedDirectory(plan.directories())), violations);
        for (int i = 0; i < plan.engines().size(); i++) {
            slots.add(new EngineSlot(this, plan.engines().get(i), i));
        }
    }

    /** A store that refuses, and answers, what the plan says. */
    BatchStore troubled(BatchStore real) {
        BatchStore troubled = real;
        for (Incident incident : plan.incidents()) {
            if (incident instanceof Incident.Refusal refusal) {
                troubled = new RefusingStore(troubled, refusal, this);
            } else if (incident instanceof Incident.Stall stall) {
                AtomicLong calls = stallingCalls.computeIfAbsent(stall, first -> new AtomicLong());
                troubled = new StallingStore(troubled, stall, calls, this);
            }
        }
        return troubled;
    }

    /** The answer to a creation; a batch that is stored has its number from now on. */
    CreateResult counted(BatchRecord batch, CreateResult answer) {
        if (answer instanceof CreateResult.Created && !created.contains(batch.id())) {
            created.add(batch.id());
        }
        return answer;
    }

    /** The store forgets the last calls. */
    void setBack(int calls) {
        if (store instanceof SetBackStore back && back.setBack(calls)) {
            struck++;
            trace.add(world, "the store is set back by ", calls, " calls");
            isSetBack = true;
            checkers.setBack(store);
        }
    }

    /** A slot of the plan; one that was taken out of it is followed by the first. */
    EngineSlot slot(int number) {
        return slots.get(number < slots.size() ? number : 0);
    }

    /** Has something done in the world at a time. */
    void in(int millis, Runnable action) {
        world.timer().schedule(action, Duration.ofMillis(millis));
    }

    void killed(SimulatedProcess process) {
        trace.add(process, "is killed");
        process.kill();
        checkers.engineLost(process);
        slots.forEach(slot -> slot.vacate(process));
    }

    /** How many calls of the store were made, with or without a fault. */
    long storeCalls() {
        return EnumSet.range(Call.STORE_CREATE, Call.STORE_DELETE).stream()
                .mapToLong(faults::calls)
                .sum();
    }
}
