package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A process that is stopped past its lease while another takes its batches over, and then goes on as if nothing had been: between two
 * statements or anywhere. What it writes late must be refused, and the other must not wait for it.
 */
final class Zombies {
    private static final Duration LEASE = Duration.ofSeconds(1);
    /** The start, the lease, the poll, and a margin for a busy machine. */
    private static final Duration TAKE_OVER = LEASE.multipliedBy(20);

    private static final Duration END = Duration.ofMinutes(1);

    private final KillDatabase database;
    private final long seed;
    private final ChildOptions.Mode mode;
    private final KillViolations violations = new KillViolations();
    private final Workload workload;
    private final Ledger ledger;
    private long refused;

    Zombies(KillDatabase database, long seed, ChildOptions.Mode mode) {
        this.database = database;
        this.seed = seed;
        this.mode = mode;
        this.workload = Workload.of(seed, Workload.Shape.ZOMBIES);
        this.ledger = new Ledger(workload, violations);
    }

    KillTally run(Path errors) {
        SplittableRandom random = new SplittableRandom(seed).split();
        String store = database.newStore();
        ChildOptions options =
                ChildOptions.of(store, seed, Workload.Shape.ZOMBIES).withLease(LEASE);
        try (KillChild zombie = start(0, options.withMode(mode), errors)) {
            stop(zombie, random.nextInt(1, 200));
            try (KillChild heir = start(1, options, errors)) {
                require(heir.awaitLines('S', 1, TAKE_OVER), heir, "takes nothing over within " + TAKE_OVER);
                heir.awaitLines('S', random.nextInt(1, 400), Duration.ofSeconds(2));
                zombie.signal("CONT");
                ends(zombie);
                ends(heir);
                refused = refused(zombie) + refused(heir);
            }
        }
        try (BatchStore open = database.open(store)) {
            new Audit(workload, ledger, violations).checkEnd(open);
        }
        if (violations.isEmpty()) {
            database.drop(store);
        }
        return new KillTally(
                1,
                0,
                0,
                1,
                workload.files(),
                ledger.acknowledged(),
                1,
                refused,
                0,
                violations.count(Kind.LOST),
                violations.count(Kind.DOUBLED),
                violations.count(Kind.ILLEGAL));
    }

    private void stop(KillChild zombie, int settled) {
        if (mode == ChildOptions.Mode.STOPS_IN_TRANSACTION) {
            require(zombie.awaitStop(END), zombie, "does not stop in a transaction");
        } else {
            require(zombie.awaitLines('S', settled, END), zombie, "settles nothing");
            zombie.signal("STOP");
        }
    }

    private KillChild start(int life, ChildOptions options, Path errors) {
        return KillChild.start(life, ledger, database.jvm().command(), options, errors);
    }

    private void ends(KillChild child) {
        int exit = child.exit(END);
        require(exit == 0 && child.count('E') == 1, child, "ends with exit code " + exit);
    }

    private void require(boolean condition, KillChild child, String otherwise) {
        if (!condition) {
            violations.add(Kind.ILLEGAL, "I15: life %d %s", child.life(), otherwise);
            throw new AssertionError(Text.format(
                    "seed %d, life %d %s; %s%n%s", seed, child.life(), otherwise, violations.all(), child.errors()));
        }
    }

    static long refused(KillChild child) {
        LedgerLine.Health health = child.health();
        return health == null ? 0 : health.refused();
    }

    List<KillViolations.Violation> violations() {
        return violations.all();
    }
}
