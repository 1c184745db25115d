package io.batchengine.testkit.simulation;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.CreateBatch;
import io.batchengine.ListBatches;
import io.batchengine.PageRequest;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.RetryPolicy;
import io.batchengine.testkit.invariant.Invariant;
import io.batchengine.testkit.machine.SimulatedProcess;
import io.batchengine.testkit.simulation.Plan.BatchSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes the calls of a plan's users, each in the process of an engine that is there then. */
final class Users {
    private static final int WAIT_MILLIS = 3_000;

    private record Known(String project, String id) {}

    private record Standing(SimulatedProcess process, BatchEngine engine) {}

    private final RunContext run;
    private final List<@Nullable Known> created = new ArrayList<>(); // by the order in the plan
    private final List<SimulatedProcess> underWay = new ArrayList<>(); // one for each call
    private int toCreate;

    Users(RunContext run) {
        this.run = run;
    }

    /** Whether all creations are acknowledged, and all calls answered that still can be. */
    boolean areServed() {
        underWay.removeIf(SimulatedProcess::isKilled);
        return toCreate == 0 && underWay.isEmpty();
    }

    void plan(Incident.Create create) {
        int number = created.size();
        created.add(null);
        toCreate++;
        run.in(create.at(), () -> send(create, number));
    }

    void plan(Incident.UserCall call) {
        run.in(call.at(), () -> use(call));
    }

    /** Sends a creation, and again where no answer comes. */
    private void send(Incident.Create create, int number) {
        if (created.get(number) != null) {
            return;
        }
        run.in(WAIT_MILLIS, () -> send(create, number));
        BatchSpec spec = create.batch();
        at(create.slot(), spec.project(), batches -> {
            Batch batch = batches.create(request(spec));
            run.checkers.createAcknowledged(batch);
            if (created.get(number) == null) {
                created.set(number, new Known(spec.project(), batch.id()));
                toCreate--;
            }
        });
    }

    private CreateBatch request(BatchSpec spec) {
        Duration backoff = Duration.ofMillis(spec.backoffMillis());
        BatchOptions options = BatchOptions.DEFAULT
                .withRetry(RetryPolicy.of(spec.maxAttempts()).withBackoff(backoff, backoff.multipliedBy(2)))
                .withJobTimeout(spec.timeoutMillis() > 0 ? Duration.ofMillis(spec.timeoutMillis()) : null)
                .withMaxFiles(spec.maxFiles())
                .withPriority(spec.priority());
        String directory = run.plan.directories().get(spec.directory()).id();
        JobType type = spec.otherType() && !run.setting.ownJobs() ? SimulatedJobs.OTHER_TYPE : run.setting.type();
        CreateBatch request =
                CreateBatch.of(directory, type, run.setting.configuration()).withOptions(options);
        return spec.key() == null ? request : request.withIdempotencyKey(spec.key());
    }

    private void use(Incident.UserCall call) {
        Known known = call.batch() < created.size() ? created.get(call.batch()) : null;
        if (known == null) {
            return;
        }
        String id = known.id();
        switch (call.use()) {
            case CANCEL -> cancel(call.slot(), known.project(), id);
            case READ -> at(call.slot(), known.project(), batches -> read(batches, id));
            case READ_AS_ANOTHER_PROJECT -> readAsAnother(call.slot(), known);
            case RETRY_FAILED ->
                at(call.slot(), known.project(), batches -> run.checkers.createAcknowledged(batches.retryFailed(id)));
            case DELETE -> at(call.slot(), known.project(), batches -> batches.delete(id));
            case PURGE ->
                at(
                        call.slot(),
                        known.project(),
                        batches -> batches.purge(run.machine.running().clock().instant()));
        }
    }

    void cancel(int slot, String project, String id) {
        at(slot, project, batches -> {
            batches.cancel(id);
            run.checkers.cancelAcknowledged(run.machine.running(), id);
        });
    }

    private void read(Batches batches, String id) {
        SimulatedProcess asked = run.machine.running();
        run.checkers.observed(asked, batches.get(id));
        batches.progress(id);
        batches.results(id, PageRequest.ofSize(7));
        batches.jobs(id, PageRequest.ofSize(7));
        batches.list(ListBatches.ALL.withTotal()).items().forEach(batch -> run.checkers.observed(asked, batch));
    }

    private void readAsAnother(int slot, Known known) {
        String other = known.project().equals("prj-a") ? "prj-b" : "prj-a";
        at(slot, other, batches -> {
            boolean listed = batches.list(ListBatches.ALL).items().stream()
                    .anyMatch(batch -> batch.id().equals(known.id()));
            run.checkers.askedByAnotherProject(other, known.id(), listed || isFound(batches, known.id()));
        });
    }

    private static boolean isFound(Batches batches, String id) {
        for (Consumer<Batches> call : List.<Consumer<Batches>>of(
                all -> all.get(id),
                all -> all.progress(id),
                all -> all.results(id, PageRequest.FIRST),
                all -> all.jobs(id, PageRequest.FIRST),
                all -> all.cancel(id),
                all -> all.delete(id))) {
            try {
                call.accept(batches);
                return true;
            } catch (BatchEngineException refused) {
                if (refused.code() != ErrorCode.BATCH_NOT_FOUND) {
                    throw refused;
                }
            }
        }
        return false;
    }

    /** Makes a call at an engine: that of a slot, or of any other where nobody stands in that one. */
    private void at(int slot, String project, Consumer<Batches> call) {
        Standing standing = standing(slot);
        if (standing != null) {
            underWay.add(standing.process);
            standing.process.executor().execute(() -> {
                make(standing, project, call);
                underWay.remove(standing.process);
            });
        }
    }

    private @Nullable Standing standing(int slot) {
        List<EngineSlot> asked = new ArrayList<>();
        asked.add(run.slot(slot));
        asked.addAll(run.slots);
        for (EngineSlot one : asked) {
            SimulatedProcess process = one.process();
            BatchEngine engine = one.engine();
            if (process != null && engine != null) {
                return new Standing(process, engine);
            }
        }
        return null;
    }

    private void make(Standing standing, String project, Consumer<Batches> call) {
        try {
            call.accept(standing.engine.batches(project));
        } catch (BatchEngineException refused) {
            run.trace.add(standing.process, "a user's call is refused: ", refused.code());
        } catch (OutOfMemoryError fault) { // of the plan: an Error is for the caller as it is
            run.trace.add(standing.process, "a user's call ends with ", fault);
        } catch (RuntimeException untyped) {
            run.findings.violated(Invariant.NO_DEFECT, "a caller gets " + untyped);
        }
    }
}
