package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import io.batchengine.benchmarks.process.ContenderProcess;
import io.batchengine.benchmarks.process.Duel;
import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.WorkerFailure;
import io.batchengine.model.Text;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Our rate over theirs, with no-op jobs: the median of the ratios of rounds in turn. */
final class RateTarget implements Target {
    private static final String[] HEAP = {"-Xms2g", "-Xmx2g"};
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Goal goal;
    private final String ours;
    private final String theirs;
    private final Place place;
    private final int files;

    /** Where both keep their results, each apart from the other. */
    @FunctionalInterface
    interface Place {
        Storage of(Bench bench) throws IOException;
    }

    RateTarget(Goal goal, String ours, String theirs, Place place, int files) {
        this.goal = goal;
        this.ours = ours;
        this.theirs = theirs;
        this.place = place;
        this.files = files;
    }

    @Override
    public List<Goal> goals() {
        return List.of(goal);
    }

    @Override
    public List<TargetVerdict> measure(Bench bench) throws IOException, WorkerFailure {
        int count = bench.files(files);
        try (ContenderProcess our = bench.contender(ours, place.of(bench), HEAP);
                ContenderProcess their = bench.contender(theirs, place.of(bench), HEAP)) {
            Duel duel = Duel.fight(our, their, count, JobKind.NO_OP, bench.rounds(), LIMIT);
            double[] ratios = duel.ratios();
            String note = Text.format(
                    "%,.0f files/s; %s %,.0f; %,d files, %d rounds, ratios %.2f to %.2f",
                    duel.ourRate(),
                    theirs,
                    duel.theirRate(),
                    count,
                    ratios.length,
                    Arrays.stream(ratios).min().orElseThrow(),
                    Arrays.stream(ratios).max().orElseThrow());
            return List.of(goal.judge(Medians.median(ratios), note));
        }
    }
}
