package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.contender.Storage;
import java.util.List;

/** All targets, in the order of the table. */
final class Targets {
    private static final String ENGINE = "batch-engine";

    private Targets() {}

    static List<Target> all() {
        return List.of(
                rate(2, "memory-vs-pool", ENGINE, "plain-pool", bench -> new Storage.Memory(), 1_000_000),
                rate(0.8, "sqlite-vs-bare", ENGINE, "bare", Bench::sqlite, 1_000_000),
                rate(0.7, "sqlite-1000-batches", "batch-engine-1000", "bare-1000", Bench::sqlite, 1_000_000),
                rate(0.7, "postgres-vs-bare", ENGINE, "bare", Bench::postgresql, 200_000),
                rate(0.4, "sqlite-vs-journal", ENGINE, "journal", Bench::sqlite, 1_000_000),
                rate(1.2, "vs-spring-batch", ENGINE, "spring-batch", Bench::postgresql, 100_000),
                rate(20, "vs-jobrunr", ENGINE, "jobrunr", Bench::postgresql, 5_000),
                rate(20, "vs-db-scheduler", ENGINE, "db-scheduler", Bench::postgresql, 20_000),
                new TenMillion(),
                new SmallBatch(),
                new AsyncInFlight(),
                new Reopen(),
                new Cancel());
    }

    private static Target rate(
            double bound, String name, String ours, String theirs, RateTarget.Place place, int files) {
        return new RateTarget(Goal.atLeast(bound, name), ours, theirs, place, files);
    }
}
