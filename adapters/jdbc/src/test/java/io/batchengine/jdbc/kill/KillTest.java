package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills real processes, with {@link RestoreTest} twenty in all, and a hundred with {@code -Plong}. On one Java version only, since the store
 * and the operating system are tried; with {@code -Dbatchengine.kills=N} N in all, or none with 0.
 */
@Tag("rounds")
class KillTest {
    static final String UNWANTED = "processes are killed on Java 17 only, unless -Dbatchengine.kills says otherwise";
    private static final int BUILT_ON = 17;
    private static final int USUAL = 20;
    private static final int KILLS_OF_A_ROUND = 100;

    @TempDir
    Path folder;

    /** How many kills there shall be. */
    static int kills() {
        return Integer.getInteger("batchengine.kills", Runtime.version().feature() == BUILT_ON ? USUAL : 0);
    }

    /** How often there shall be what comes once with up to a hundred kills. */
    static int rounds() {
        return Math.max(1, kills() / KILLS_OF_A_ROUND);
    }

    /** To which all tests of processes add their runs. */
    static Report report(Path folder) {
        String usual = folder.resolve("report.csv").toString();
        return new Report(Path.of(System.getProperty("batchengine.kill.report", usual)));
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite, KILLS, 50",
        "sqlite, KILLERS, 10",
        "sqlite, REFUSED, 6",
        "postgresql, KILLS, 24",
        "postgresql, REFUSED, 4"
    })
    void nothing_is_lost(String name, Workload.Shape shape, int percent) throws InterruptedException {
        assumeTrue(kills() > 0, UNWANTED);
        Report report = report(folder);
        long wanted = report.sum(name).kills() + Math.max(1, kills() * percent / 100);
        KillHarness harness =
                new KillHarness(Databases.shared(name), shape, System.nanoTime(), Long.MAX_VALUE, report, System.out);

        harness.run(wanted, 2);

        assertThat(harness.failures()).isEmpty();
        assertThat(report.sum(name).kills()).isGreaterThanOrEqualTo(wanted);
    }
}
