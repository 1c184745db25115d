package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.flow.SmallBesideLarge;
import io.batchengine.benchmarks.process.CommandLoop;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.benchmarks.process.WorkerProcess;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A batch of ten files beside one of a million, whose jobs do nothing, or take as long; what is told is the worse of both. */
final class SmallBatch implements Target {
    private static final Goal GOAL = Goal.atMost(2, "small-beside-large");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int[] LARGE_JOB_MS = {0, 10};

    @Override
    public List<Goal> goals() {
        return List.of(GOAL);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        List<TargetVerdict> verdicts = new ArrayList<>();
        try (WorkerProcess worker = bench.worker(Measuring.class, List.of())) {
            for (int millis : LARGE_JOB_MS) {
                double[] nanos = worker.askNumbers(Text.format("measure %d %d", millis, bench.rounds()), LIMIT);
                verdicts.add(verdict(new SmallBesideLarge.Times(nanos[0], nanos[1]), millis, bench.rounds()));
            }
        }
        verdicts.sort((one, other) -> Double.compare(share(other), share(one)));
        return List.of(verdicts.get(0));
    }

    private static TargetVerdict verdict(SmallBesideLarge.Times times, int millis, int rounds) {
        double bound = times.boundNanos() / times.aloneNanos();
        String note = Text.format(
                "%.1f ms; %.1f alone; beside jobs of %d ms, %d rounds; bound: 2x alone and a job of 10 ms",
                times.besideNanos() / 1e6, times.aloneNanos() / 1e6, millis, rounds);
        return GOAL.withBound(bound).judge(times.besideNanos() / times.aloneNanos(), note);
    }

    private static double share(TargetVerdict verdict) {
        return verdict.measured() / verdict.goal().bound();
    }

    /** The main class of the process; {@code measure <job of the large one, ms> <rounds>}: nanoseconds alone and beside. */
    static final class Measuring implements CommandLoop.Handler {
        public static void main(String[] args) {
            CommandLoop.serve(Measuring::new);
        }

        @Override
        public String obey(List<String> words) {
            Duration job = Duration.ofMillis(Integer.parseInt(words.get(1)));
            SmallBesideLarge.Times times = SmallBesideLarge.measure(job, Integer.parseInt(words.get(2)));
            return times.aloneNanos() + " " + times.besideNanos();
        }

        @Override
        public void end() {}
    }
}
