package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Several processes on one store, with 10,000 files in 50 batches: one is killed, and another one started in its place; one is stopped past
 * its lease while the others take its batches over, and goes on.
 */
final class ManyEngines {
    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration END = Duration.ofMinutes(2);

    private final KillDatabase database;
    private final long seed;
    private final KillViolations violations = new KillViolations();
    private final Workload workload;
    private final Ledger ledger;
    private final List<KillChild> children = new ArrayList<>();
    private long refused;

    ManyEngines(KillDatabase database, long seed) {
        this.database = database;
        this.seed = seed;
        this.workload = Workload.of(seed, Workload.Shape.MANY);
        this.ledger = new Ledger(workload, violations);
    }

    KillTally run(int engines, Path errors) {
        SplittableRandom random = new SplittableRandom(seed).split();
        ChildOptions options =
                ChildOptions.of(database.newStore(), seed, Workload.Shape.MANY).withLease(LEASE);
        try {
            for (int i = 0; i < engines; i++) {
                start(options, errors);
            }
            KillChild killed = children.get(0);
            KillChild stopped = children.get(1);
            killed.awaitLines('S', random.nextInt(50, 300), END);
            if (!killed.kill()) {
                violations.add(Kind.ILLEGAL, "life %d was over before it was killed", killed.life());
            }
            start(options, errors);
            stopped.awaitLines('S', random.nextInt(300, 600), END);
            stopped.signal("STOP");
            // Past the lease, by the others' progress and not by this process's clock alone.
            KillChild heir = children.get(engines);
            heir.awaitLines('K', 1, END);
            heir.awaitLines('D', 1, LEASE.multipliedBy(3));
            stopped.signal("CONT");
            children.stream().filter(child -> child != killed).forEach(this::ends);
        } finally {
            children.forEach(KillChild::close);
        }
        try (BatchStore open = database.open(options.store())) {
            new Audit(workload, ledger, violations).checkEnd(open);
        }
        if (violations.isEmpty()) {
            database.drop(options.store());
        }
        return new KillTally(
                1,
                1,
                1,
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

    private void start(ChildOptions options, Path errors) {
        children.add(KillChild.start(children.size(), ledger, database.jvm().command(), options, errors));
    }

    private void ends(KillChild child) {
        int exit = child.exit(END);
        if (exit != 0 || child.count('E') != 1) {
            violations.add(Kind.ILLEGAL, "I15: life %d ends with exit code %d: %s", child.life(), exit, child.errors());
        }
        refused += Zombies.refused(child);
    }

    List<KillViolations.Violation> violations() {
        return violations.all();
    }
}
