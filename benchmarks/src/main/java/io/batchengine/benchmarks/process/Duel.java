package io.batchengine.benchmarks.process;

import io.batchengine.benchmarks.contender.JobKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The rounds of two contenders that took turns.
 *
 * @param ours rounds of the one
 * @param theirs as many of the other, in the same order
 */
public record Duel(List<Round> ours, List<Round> theirs) {
    private static final int WARM_UP = 3;

    /**
     * Lets them take turns, so that only one runs at a time, after rounds that warm up. Who begins changes from round to round.
     *
     * @param our the one
     * @param their the other
     * @param files of each round
     * @param kind what is done for each
     * @param rounds that are measured
     * @param limit how long each may take
     * @return the measured rounds
     * @throws WorkerFailure if one failed, died, or took longer
     */
    public static Duel fight(
            ContenderProcess our, ContenderProcess their, int files, JobKind kind, int rounds, Duration limit)
            throws WorkerFailure {
        List<Round> ours = new ArrayList<>();
        List<Round> theirs = new ArrayList<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            boolean first = round % 2 == 0;
            Round before = first ? null : their.round(files, kind, limit);
            Round own = our.round(files, kind, limit);
            Round other = before == null ? their.round(files, kind, limit) : before;
            if (round >= 0) {
                ours.add(own);
                theirs.add(other);
            }
        }
        return new Duel(ours, theirs);
    }

    /**
     * How quick the one was.
     *
     * @return the median of its rates, files per second
     */
    public double ourRate() {
        return Medians.median(ours.stream().mapToDouble(Round::rate).toArray());
    }

    /**
     * How quick the other was.
     *
     * @return the median of its rates, files per second
     */
    public double theirRate() {
        return Medians.median(theirs.stream().mapToDouble(Round::rate).toArray());
    }

    /**
     * How they compare, round by round.
     *
     * @return our rate over theirs, of each round
     */
    public double[] ratios() {
        double[] ratios = new double[ours.size()];
        for (int round = 0; round < ratios.length; round++) {
            ratios[round] = ours.get(round).rate() / theirs.get(round).rate();
        }
        return ratios;
    }
}
