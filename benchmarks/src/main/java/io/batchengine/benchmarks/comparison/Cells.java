package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.lineup.Contenders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What the comparison is made of. */
final class Cells {
    static final String ENGINE = "batch-engine";
    private static final String POOL = "plain-pool";
    private static final String ENGINE_OF_VIRTUAL_THREADS = "batch-engine-virtual-threads";
    /** Those that are variants of the engine, or no rivals but bounds. */
    private static final Set<String> NO_PEERS =
            Set.of(ENGINE, POOL, ENGINE_OF_VIRTUAL_THREADS, "batch-engine-1000", "bare", "bare-1000", "journal");

    private static final int ONE_SIZE = 10_000; // of jobs that take their time
    private static final int HUGE = 10_000_000;
    private static final int MANY_THREADS = 10_000;

    private Cells() {}

    /** The cells of one storage, by size, so that what is too slow for one is not tried with the next. */
    static List<Cell> of(String storage, ComparisonOptions options) {
        List<Cell> cells = new ArrayList<>();
        if (storage.equals(ComparisonOptions.VIRTUAL_THREADS)) {
            List<String> both = wanted(List.of(ENGINE, ENGINE_OF_VIRTUAL_THREADS), options);
            for (int threads : List.of(JobKind.WAIT_10_MS.threads(), MANY_THREADS)) {
                cells.add(new Cell("memory", JobKind.WAIT_10_MS, ONE_SIZE, threads, both));
            }
            return cells;
        }
        for (JobKind job : options.jobs()) {
            for (int files : job == JobKind.NO_OP ? options.sizes() : List.of(ONE_SIZE)) {
                List<String> contenders = files < HUGE ? contenders(storage) : hugeContenders(storage);
                cells.add(new Cell(storage, job, files, job.threads(), wanted(contenders, options)));
            }
        }
        return cells;
    }

    private static List<String> hugeContenders(String storage) {
        return storage.equals("sqlite") ? List.of(ENGINE) : List.of();
    }

    private static List<String> contenders(String storage) {
        List<String> contenders = new ArrayList<>(List.of(ENGINE, POOL));
        if (!storage.equals("memory")) { // where peers keep no durable result
            Arrays.stream(Contenders.values())
                    .map(Contenders::label)
                    .filter(label -> !NO_PEERS.contains(label))
                    .forEach(contenders::add);
        }
        return contenders;
    }

    private static List<String> wanted(List<String> contenders, ComparisonOptions options) {
        return contenders.stream().filter(options::wants).toList();
    }
}
