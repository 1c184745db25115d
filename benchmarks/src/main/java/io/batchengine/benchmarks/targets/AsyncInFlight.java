package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.benchmarks.process.WorkerProcess;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Jobs of a second that hold no thread, ten thousand at a time: their rate over the best that is possible, ten thousand a second. */
final class AsyncInFlight implements Target {
    private static final Goal GOAL = Goal.atLeast(0.95, "async-in-flight");
    private static final int FILES = 50_000;
    private static final int WARM_UP = 20_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public List<Goal> goals() {
        return List.of(GOAL);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        double[] shares = new double[bench.rounds()];
        String file = bench.newFolder().resolve("async.db").toString();
        try (WorkerProcess worker = bench.worker(AsyncWorker.class, List.of(file), "-Xmx1g")) {
            String unused = worker.ask("run " + WARM_UP, LIMIT);
            for (int round = 0; round < shares.length; round++) {
                double nanos = worker.askNumbers("run " + FILES, LIMIT)[0];
                shares[round] = AsyncWorker.idealNanos(FILES) / nanos;
            }
        }
        String note = Text.format(
                "of 10,000 files/s; %,d files on SQLite, %d rounds, %.3f to %.3f",
                FILES,
                shares.length,
                Arrays.stream(shares).min().orElseThrow(),
                Arrays.stream(shares).max().orElseThrow());
        return List.of(GOAL.judge(Medians.median(shares), note));
    }
}
