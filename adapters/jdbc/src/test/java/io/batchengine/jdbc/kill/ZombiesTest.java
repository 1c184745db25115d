package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several real processes on one PostgreSQL, some of them stopped past their lease. */
class ZombiesTest {
    private static final int MOST_ROUNDS = 5;
    private static KillDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Report report;

    @TempDir
    Path folder;

    @BeforeAll
    static void opens_the_database() {
        assumeTrue(KillTest.kills() > 0, KillTest.UNWANTED);
        database = Databases.shared("postgresql");
    }

    @BeforeEach
    void opens_the_report() {
        report = KillTest.report(folder);
    }

    @Test
    void what_a_stopped_process_writes_after_its_lease_is_refused() {
        KillTally sum = KillTally.ZERO;
        // Of one stopped process the connection may be cut before it writes, or a renewal may tell it first.
        for (int i = 0; i < KillTest.rounds() || (sum.refused() == 0 && i < MOST_ROUNDS); i++) {
            sum = sum.plus(zombies(i, 4, ChildOptions.Mode.PLAIN));
        }

        assertThat(sum.refused()).isPositive();
    }

    @Test
    void nobody_waits_for_a_process_that_is_stopped_inside_a_transaction() {
        KillTally sum = KillTally.ZERO;
        for (int i = 0; i < KillTest.rounds(); i++) {
            sum = sum.plus(zombies(i, 3, ChildOptions.Mode.STOPS_IN_TRANSACTION));
        }

        assertThat(sum.zombies()).isEqualTo(3L * KillTest.rounds());
    }

    /** Some at a time, for most of it is waiting for leases. */
    private KillTally zombies(int round, int lanes, ChildOptions.Mode mode) {
        List<CompletableFuture<KillTally>> sums = IntStream.range(0, lanes)
                .mapToObj(lane -> CompletableFuture.supplyAsync(
                        () -> zombie(lane, 100L * round + lane, mode), task -> new Thread(task).start()))
                .toList();
        return sums.stream().map(CompletableFuture::join).reduce(KillTally.ZERO, KillTally::plus);
    }

    private KillTally zombie(int lane, long seed, ChildOptions.Mode mode) {
        Zombies run = new Zombies(database, seed, mode);
        KillTally tally = run.run(folder.resolve("err-" + lane));
        report.add(database.name(), Workload.Shape.ZOMBIES, seed, tally);
        assertThat(run.violations()).isEmpty();
        return tally;
    }

    @Test
    void engines_share_batches_though_one_is_killed_and_one_is_stopped() {
        share(2);
    }

    @Test
    @Tag("long")
    void four_engines_share_batches_though_one_is_killed_and_one_is_stopped() {
        share(4);
    }

    private void share(int engines) {
        long refused = 0;
        // Whether the stopped process writes late, or a renewal tells it first, is a matter of microseconds.
        for (int round = 0; refused == 0 && round < MOST_ROUNDS; round++) {
            ManyEngines run = new ManyEngines(database, engines + 10L * round);
            KillTally tally = run.run(engines, folder.resolve("err"));
            report.add(database.name(), Workload.Shape.MANY, engines + 10L * round, tally);
            assertThat(run.violations()).isEmpty();
            assertThat(tally.files()).isEqualTo(10_000);
            refused = tally.refused();
        }

        assertThat(refused).as("stale writes, each refused and counted").isPositive();
    }
}
