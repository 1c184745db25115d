package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.benchmarks.process.WorkerProcess;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A batch of a million files whose process is killed when half of them are settled: how long it takes another from the opening of the store
 * to the first job. Missed, too, where a settled file runs again. Both have a heap of 64 MB.
 */
final class Reopen implements Target {
    private static final Goal GOAL = Goal.atMost(1, "reopen");
    private static final int FILES = 1_000_000;
    private static final String HEAP = "-Xmx64m";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public List<Goal> goals() {
        return List.of(GOAL);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        double[] seconds = new double[bench.rounds()];
        long again = 0;
        for (int round = 0; round < seconds.length; round++) {
            List<String> arguments = arguments(bench.newFolder(), FILES);
            runHalf(bench, arguments);
            try (WorkerProcess second = bench.worker(ReopenWorker.class, arguments, HEAP)) {
                double[] answer = second.askNumbers("resume", LIMIT);
                seconds[round] = answer[0] / 1e9;
                again += (long) answer[1];
            }
        }
        String note = Text.format(
                "s to the first job; %d settled files ran again; %,d files, %d rounds, %.3f to %.3f",
                again,
                FILES,
                seconds.length,
                Arrays.stream(seconds).min().orElseThrow(),
                Arrays.stream(seconds).max().orElseThrow());
        TargetVerdict verdict = GOAL.judge(Medians.median(seconds), note);
        return List.of(again == 0 ? verdict : new TargetVerdict(verdict.goal(), verdict.measured(), false, note));
    }

    private static void runHalf(Bench bench, List<String> arguments) throws IOException, WorkerFailure {
        try (WorkerProcess first = bench.worker(ReopenWorker.class, arguments, HEAP)) {
            String unused = first.ask("half", LIMIT);
            first.kill();
        }
    }

    private static List<String> arguments(Path folder, int files) {
        return List.of(folder.resolve("reopen.db").toString(), Integer.toString(files));
    }
}
