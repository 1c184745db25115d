package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import io.batchengine.spi.JobRequest;
import io.batchengine.testkit.machine.SimulatedProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What the engines of a run have in flight, and by which limits; told by whoever stands directly behind each. Not for use by several threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class WatchedEngines {
    private final History history;
    private final Map<SimulatedProcess, EngineWatch> watches;
    private final List<FlowChecker> flow;

    WatchedEngines(History history, Map<SimulatedProcess, EngineWatch> watches, List<FlowChecker> flow) {
        this.history = history;
        this.watches = watches;
        this.flow = flow;
    }

    /**
     * An engine is given limits. It goes by them some time later.
     *
     * @param process where
     * @param limits the new ones
     * @param giving gives them to it
     */
    public void limitsGiven(SimulatedProcess process, Limits limits, Runnable giving) {
        EngineWatch engine = watches.get(process);
        if (engine == null) {
            giving.run();
        } else {
            engine.ever.add(limits);
            giving.run();
            engine.look();
        }
    }

    /**
     * An engine asks for a job: an attempt begins. Told before anything can go wrong with the call.
     *
     * @param by the engine
     * @param request the attempt
     * @return to be run when the call has come back
     */
    public Runnable attempting(SimulatedProcess by, JobRequest request) {
        BatchHistory batch = history.find(request.batchId());
        EngineWatch engine = watches.get(by);
        if (batch == null || engine == null) {
            return () -> {};
        }
        flow.forEach(checker -> checker.attempting(batch, engine));
        batch.begun.add(request.ordinal());
        return counted(batch, engine, false);
    }

    /**
     * The job that was asked for runs: the attempt goes on. Told before anything can go wrong with the call.
     *
     * @param by the engine
     * @param request the attempt
     * @param asynchronous whether it holds no thread
     * @return to be run when the job has ended
     */
    public Runnable goesOn(SimulatedProcess by, JobRequest request, boolean asynchronous) {
        BatchHistory batch = history.find(request.batchId());
        EngineWatch engine = watches.get(by);
        return batch == null || engine == null ? () -> {} : counted(batch, engine, asynchronous);
    }

    private Runnable counted(BatchHistory batch, EngineWatch engine, boolean asynchronous) {
        EngineWatch.Attempt attempt = engine.begin(batch, asynchronous);
        flow.forEach(checker -> checker.attemptBegan(engine));
        return () -> {
            if (!engine.process.isKilled() && engine.end(attempt)) {
                flow.forEach(checker -> checker.attemptEnded(batch, engine, attempt));
            }
        };
    }

    /**
     * The job factory, or a job, said "not now".
     *
     * @param by the engine that was told
     * @param request of which attempt
     * @param wait for how long
     */
    public void notNow(SimulatedProcess by, JobRequest request, Duration wait) {
        BatchHistory batch = history.find(request.batchId());
        EngineWatch engine = watches.get(by);
        if (batch != null && engine != null) {
            flow.forEach(checker -> checker.notNow(batch, engine, wait));
        }
    }
}
