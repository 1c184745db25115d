package io.batchengine.jdbc.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real processes on a SQLite file whose disk fails. Needs root for a small disk, and strace for failing syncs: skipped where they lack. */
class SqliteFaultsTest {
    private static KillSqlite database;

    @TempDir
    Path folder;

    @BeforeAll
    static void opens_the_database() {
        assumeTrue(KillTest.kills() > 0, KillTest.UNWANTED);
        database = (KillSqlite) Databases.shared("sqlite");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void on_a_full_disk_progress_stops_visibly_and_goes_on_by_itself_when_there_is_room(long seed) {
        Optional<RamDisk> mounted = RamDisk.mount(24);
        assumeTrue(mounted.isPresent(), "this machine lets nobody mount a small disk");
        try (RamDisk disk = mounted.get()) {
            String store = "jdbc:sqlite:" + disk.path().resolve("batches.db");
            DiskFaults run = new DiskFaults(database, seed, Workload.Shape.DISK, store, folder.resolve("err"));

            KillTally tally = run.fullDisk(disk, seed % 2 == 0);
            KillTest.report(folder).add(database.name(), Workload.Shape.DISK, seed, tally);

            assertThat(run.violations()).isEmpty();
            assertThat(tally.acknowledged()).isGreaterThan(tally.files());
        }
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 2L * KillTest.rounds());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void after_a_failed_sync_nothing_is_acknowledged_until_the_store_is_reopened(long seed) {
        assumeTrue(RamDisk.run("strace", "-V"), "strace is not installed");
        DiskFaults run =
                new DiskFaults(database, seed, Workload.Shape.TRACE, database.newStore(), folder.resolve("err"));

        KillTally tally = run.failedSync(folder.resolve("trace"));
        KillTest.report(folder).add(database.name(), Workload.Shape.TRACE, seed, tally);

        assertThat(run.violations()).isEmpty();
    }

    @Test
    void a_sync_precedes_every_acknowledgement() {
        assumeTrue(RamDisk.run("strace", "-V"), "strace is not installed");
        ChildOptions options =
                ChildOptions.of(database.newStore(), 7, Workload.Shape.TRACE).withMode(ChildOptions.Mode.TRACED);
        KillViolations violations = new KillViolations();
        Path trace = folder.resolve("trace");
        List<String> tracer = List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "12",
                "-qq",
                "--seccomp-bpf",
                "-e",
                "trace=fdatasync,fsync,pwrite64,write",
                "-o",
                trace.toString());
        try (KillChild child = KillChild.start(
                0,
                new Ledger(options.workload(), violations),
                database.jvm().command(),
                options,
                folder.resolve("err"),
                tracer.toArray(String[]::new))) {
            assertThat(child.exit(Duration.ofMinutes(1))).as(child.errors()).isZero();
        }

        SyncTrace seen = SyncTrace.of(DiskFaults.read(trace));
        assertThat(seen.violations()).isEmpty();
        assertThat(violations.all()).isEmpty();
        assertThat(seen.answers()).isGreaterThan(10);
        assertThat(seen.syncs()).isGreaterThanOrEqualTo(seen.answers());
    }
}
