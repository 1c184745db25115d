package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills processes and puts their stores back to copies that were made earlier: on SQLite by the library's own call, while others write. */
@Tag("rounds")
class RestoreTest {
    private static final int KILLS_OF_A_RUN = 5; // few runs of less have a restore

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"sqlite, 4", "postgresql, 2"})
    void what_a_copy_has_is_kept_and_the_rest_runs_again(String name, int percent) {
        assumeTrue(KillTest.kills() > 0, KillTest.UNWANTED);
        KillDatabase database = Databases.shared(name);
        Report report = KillTest.report(folder);
        long wanted = Math.max(1, KillTest.kills() * percent / 100);
        long kills = 0;
        int restores = 0;
        int under = 0;
        long first = System.nanoTime();
        for (long seed = first; kills < wanted || restores == 0; seed++) {
            RestoreRun run = new RestoreRun(database, seed);
            KillTally tally = run.run(KILLS_OF_A_RUN, folder.resolve("err"));
            report.add(name, Workload.Shape.RESTORED, seed, tally);
            assertThat(run.violations()).as(run.describe()).isEmpty();
            kills += tally.kills();
            restores += run.restores();
            under += run.under();
        }
        System.out.printf(
                "%s: %d kills, %d restores, %d of them while a stopped process had the store, seeds from %d%n",
                name, kills, restores, under, first);
        assertThat(restores).isPositive();
    }
}
