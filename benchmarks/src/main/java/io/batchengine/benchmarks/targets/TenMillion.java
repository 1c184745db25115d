package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.process.ContenderProcess;
import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.Round;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a file costs in a batch of ten million on SQLite, over what it costs in one of a hundred thousand, both in JVMs of 64 MB that take
 * turns; a large batch comes after three small ones, as these are short.
 */
final class TenMillion implements Target {
    private static final Goal COST = Goal.atMost(1.1, "ten-million-cost");
    private static final int HEAP_MB = 64;
    private static final Goal HEAP = Goal.atMost(HEAP_MB, "ten-million-heap");
    private static final int SMALL = 100_000;
    private static final int TIMES = 100;
    private static final int WARM_UP = 10; // small ones, or as many files in one
    private static final int SMALL_ROUNDS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public List<Goal> goals() {
        return List.of(COST, HEAP);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        List<Round> smallRounds = new ArrayList<>();
        List<Round> largeRounds = new ArrayList<>();
        double[] ratios = new double[bench.rounds()];
        String heap = Text.format("-Xmx%dm", HEAP_MB);
        try (ContenderProcess small = bench.contender("batch-engine", bench.sqlite(), heap);
                ContenderProcess large = bench.contender("batch-engine", bench.sqlite(), heap)) {
            List<Round> unused = rounds(small, SMALL, WARM_UP);
            List<Round> unusedToo = rounds(large, SMALL * WARM_UP, 1);
            for (int round = 0; round < ratios.length; round++) {
                List<Round> shorts = rounds(small, SMALL, SMALL_ROUNDS);
                List<Round> one = rounds(large, SMALL * TIMES, 1);
                ratios[round] = nanosPerFile(one) / nanosPerFile(shorts);
                smallRounds.addAll(shorts);
                largeRounds.addAll(one);
            }
        }
        String note = Text.format(
                "%,.0f ns a file; %,.0f in batches of %,d; %,d files, %d rounds, ratios %.2f to %.2f",
                nanosPerFile(largeRounds),
                nanosPerFile(smallRounds),
                SMALL,
                SMALL * TIMES,
                ratios.length,
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
        return List.of(
                COST.judge(Medians.median(ratios), note),
                HEAP.judge(HEAP_MB, Text.format("MB of -Xmx; %d times %,d files", largeRounds.size(), SMALL * TIMES)));
    }

    private static List<Round> rounds(ContenderProcess process, int files, int count) throws WorkerFailure {
        List<Round> rounds = new ArrayList<>();
        for (int round = 0; round < count; round++) {
            rounds.add(process.round(files, JobKind.NO_OP, LIMIT));
        }
        return rounds;
    }

    private static double nanosPerFile(List<Round> rounds) {
        return Medians.median(
                rounds.stream().mapToDouble(round -> 1e9 / round.rate()).toArray());
    }
}
