package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.WorkerFailure;
import java.io.IOException;
import java.util.List;

/** Something to be measured, for one goal or some that come out of the same rounds. */
interface Target {
    /** What is asked for. */
    List<Goal> goals();

    /** Measures: a verdict for each goal, in the same order. */
    List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure;
}
