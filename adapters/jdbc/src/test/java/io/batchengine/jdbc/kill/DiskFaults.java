package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a SQLite store does on a disk that is full, and on one whose syncs fail; and when it syncs at all. */
final class DiskFaults {
    private static final Duration END = Duration.ofMinutes(1);
    /** How long nothing must move before it is taken to stand still. */
    private static final Duration STILL = Duration.ofMillis(600);

    private final KillSqlite database;
    private final long seed;
    private final Workload.Shape shape;
    private final Path errors;
    private final SplittableRandom random;
    private final KillViolations violations = new KillViolations();
    private final Ledger ledger;
    private final ChildOptions options;
    private int lives;
    private int kills;

    DiskFaults(KillSqlite database, long seed, Workload.Shape shape, String store, Path errors) {
        this.database = database;
        this.seed = seed;
        this.shape = shape;
        this.errors = errors;
        this.random = new SplittableRandom(seed).split();
        this.options = ChildOptions.of(store, seed, shape);
        this.ledger = new Ledger(options.workload(), violations);
    }

    /** Fills the disk under a running child; with a kill on the full disk or without. */
    KillTally fullDisk(RamDisk disk, boolean withKill) {
        try (KillChild child = start(List.of())) {
            require(child.awaitLines('S', random.nextInt(1, 2_000), END), child, "settles nothing");
            disk.fill();
            require(
                    child.awaitHealth(health -> health.status().equals("DEGRADED"), END),
                    child,
                    "does not say that it can't write");
            require(standsStill(child), child, "goes on without a disk");
            if (!withKill) {
                disk.makeRoom();
                ends(child);
                return tally();
            }
            child.kill();
            kills++;
        }
        // A child on the full disk: it may open the store or not, but must harm nothing.
        try (KillChild child = start(List.of())) {
            child.awaitLines('C', 1, STILL);
            if (child.kill()) {
                kills++;
            }
        }
        disk.makeRoom();
        try (KillChild child = start(List.of())) {
            ends(child);
        }
        return tally();
    }

    /** Lets a sync fail; from then on nothing may be acknowledged, until another process has opened the store. */
    KillTally failedSync(Path trace) {
        int which = random.nextInt(6, 20); // of one thread
        try (KillChild child = start(List.of(
                "strace",
                "-f",
                "-y",
                "-s",
                "12",
                "-qq",
                "--seccomp-bpf",
                "-e",
                "trace=fdatasync,fsync,pwrite64,write",
                "-e",
                "inject=fdatasync,fsync:error=EIO:when=" + which,
                "-o",
                trace.toString()))) {
            boolean failed = child.awaitHealth(health -> health.status().equals("DEGRADED"), END);
            if (failed) {
                // Its store is lost: those who wait are told, and with that the process may end.
                require(standsStill(child) || !child.isAlive(), child, "goes on after a failed sync");
            } else {
                require(child.exit(END) >= 0, child, "neither ends nor says that a sync has failed");
            }
            if (child.isAlive() && child.kill()) {
                kills++;
            }
        }
        SyncTrace seen = SyncTrace.of(read(trace));
        if (!seen.failed()) {
            violations.add(Kind.ILLEGAL, "no sync failed: the trace shows %d", seen.syncs());
        }
        if (seen.writesAfterFailure() > 0) {
            violations.add(Kind.ILLEGAL, "%d writes after a sync has failed", seen.writesAfterFailure());
        }
        try (KillChild child = start(List.of())) {
            ends(child);
        }
        return tally();
    }

    private KillChild start(List<String> prefix) {
        return KillChild.start(
                lives++, ledger, database.jvm().command(), options, errors, prefix.toArray(String[]::new));
    }

    /** Whether nothing more is acknowledged, once what was under way has come. */
    private static boolean standsStill(KillChild child) {
        child.awaitLines('S', Integer.MAX_VALUE, STILL);
        int before = child.count('S') + child.count('T') + child.count('C');
        child.awaitLines('S', child.count('S') + 1, STILL);
        return child.isAlive() && child.count('S') + child.count('T') + child.count('C') == before;
    }

    private void ends(KillChild child) {
        int exit = child.exit(END);
        require(exit == 0 && child.count('D') == 1 && child.count('E') == 1, child, "ends with exit code " + exit);
    }

    private void require(boolean condition, KillChild child, String otherwise) {
        if (!condition) {
            throw new AssertionError(Text.format(
                    "%s, seed %d: life %d %s; %s%n%s",
                    shape, seed, child.life(), otherwise, violations.all(), child.errors()));
        }
    }

    private KillTally tally() {
        try (BatchStore open = database.open(options.store())) {
            new Audit(options.workload(), ledger, violations).checkEnd(open);
        }
        return new KillTally(
                1,
                kills,
                lives - 1L,
                1,
                options.workload().files(),
                ledger.acknowledged(),
                0,
                0,
                1,
                violations.count(Kind.LOST),
                violations.count(Kind.DOUBLED),
                violations.count(Kind.ILLEGAL));
    }

    List<KillViolations.Violation> violations() {
        return violations.all();
    }

    static List<String> read(Path file) {
        try {
            return new ArrayList<>(Files.readAllLines(file, java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
