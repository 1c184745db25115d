package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.benchmarks.process.WorkerProcess;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * From the call of {@code cancel} to CANCELLED, in milliseconds, with a million files listed or waiting: the 99th percentile of 200, half of
 * them amid jobs without work, half amid jobs that wait 10 ms and stop when asked. In memory and on SQLite; what is told is the worse.
 */
final class Cancel implements Target {
    private static final Goal GOAL = Goal.atMost(50, "cancel");
    private static final int TIMES = 200;
    private static final int FILES = 1_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public List<Goal> goals() {
        return List.of(GOAL);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        double[] memory = millis(bench, CancelWorker.MEMORY);
        double[] sqlite = millis(bench, bench.newFolder().resolve("cancel.db").toString());
        String note = Text.format("ms; %s in memory; %s on SQLite; %d times each", told(memory), told(sqlite), TIMES);
        return List.of(GOAL.judge(Math.max(Medians.percentile(0.99, memory), Medians.percentile(0.99, sqlite)), note));
    }

    private static double[] millis(Bench bench, String store) throws IOException, WorkerFailure {
        List<String> arguments = List.of(store, Integer.toString(FILES));
        try (WorkerProcess worker = bench.worker(CancelWorker.class, new ArrayList<>(arguments), "-Xmx1g")) {
            return Arrays.stream(worker.askNumbers("cancel " + TIMES, LIMIT))
                    .map(nanos -> nanos / 1e6)
                    .toArray();
        }
    }

    private static String told(double[] millis) {
        return Text.format("median %.1f and p99 %.1f", Medians.median(millis), Medians.percentile(0.99, millis));
    }
}
