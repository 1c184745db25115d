package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One workload whose process is killed again and again, and whose store is put back to an earlier copy between two lives now and then: what
 * was acknowledged before the copy was begun is there and does not run again, the rest runs again, and every batch comes to its end.
 */
final class RestoreRun {
    private static final Duration LAST_LIFE = Duration.ofMinutes(2);

    private final KillDatabase database;
    private final long seed;
    private final SplittableRandom random;
    private final KillViolations violations = new KillViolations();
    private final Workload workload;
    private final List<String> copiesMade = new ArrayList<>();
    private RecordingLedger ledger;
    private Audit audit;
    private long acknowledged;
    private int kills;
    private int lives;
    private int audits;
    private int restores;
    private int under;
    private String trouble = "";

    RestoreRun(KillDatabase database, long seed) {
        this.database = database;
        this.seed = seed;
        this.random = new SplittableRandom(seed).split();
        this.workload = Workload.of(seed, Workload.Shape.RESTORED);
        this.ledger = new RecordingLedger(workload, violations);
        this.audit = new Audit(workload, ledger, violations);
    }

    /** Runs it; with so many kills. */
    KillTally run(int wantedKills, Path errors) {
        String store = database.newStore();
        ChildOptions options =
                ChildOptions.of(store, seed, Workload.Shape.RESTORED).withMode(database.copyMode());
        for (int attempts = 0; kills < wantedKills && attempts < 5 * wantedKills && violations.isEmpty(); attempts++) {
            live(options, errors, false);
            if (violations.isEmpty()) {
                betweenLives(store);
            }
        }
        if (violations.isEmpty()) {
            live(options, errors, true);
        }
        if (violations.isEmpty()) {
            look(store, open -> audit.checkEnd(open));
        }
        acknowledged += ledger.acknowledged();
        if (violations.isEmpty()) {
            database.drop(store);
            database.dropCopies(copiesMade);
        }
        return new KillTally(
                1,
                kills,
                lives - 1,
                audits,
                workload.files(),
                acknowledged,
                0,
                0,
                0,
                violations.count(Kind.LOST),
                violations.count(Kind.DOUBLED),
                violations.count(Kind.ILLEGAL));
    }

    private void live(ChildOptions options, Path errors, boolean last) {
        try (KillChild child = KillChild.start(lives++, ledger, database.jvm().command(), options, errors)) {
            if (!last) {
                KillMoment.drawn(random, false).await(child);
                boolean stops = database instanceof KillSqlite && random.nextInt(4) == 0;
                if (stops && !ledger.copies().isEmpty() && child.stop() && hasStore(child)) {
                    restoreUnder(child, options.store());
                    return;
                }
                if (child.kill()) {
                    kills++;
                    return;
                }
            }
            int exit = child.exit(LAST_LIFE);
            if (exit != 0 || child.count('E') != 1) {
                violations.add(Kind.ILLEGAL, "I15: life %d ends with exit code %d", child.life(), exit);
                trouble += child.errors();
            }
        }
    }

    /** Whether a stopped process has opened its store, and is not about to close it. */
    private static boolean hasStore(KillChild child) {
        return child.count('K') > 0 && !child.awaitLines('D', 1, Duration.ofMillis(100));
    }

    private void betweenLives(String store) {
        if (random.nextInt(3) == 0) {
            look(store, open -> audit.check(open));
        }
        if (random.nextInt(3) == 0) {
            String copy = database.copy(store);
            copiesMade.add(copy);
            ledger.copied(copy);
        }
        List<String> copies = ledger.copies();
        if (!copies.isEmpty() && random.nextBoolean() && violations.isEmpty()) {
            restore(store, copies.get(random.nextInt(copies.size())));
        }
    }

    private void restore(String store, String copy) {
        database.restore(store, copy);
        goBack(store, copy);
    }

    private void goBack(String store, String copy) {
        restores++;
        acknowledged += ledger.acknowledged();
        ledger = ledger.asOf(copy);
        acknowledged -= ledger.acknowledged();
        audit = new Audit(workload, ledger, violations);
        look(store, open -> {
            audit.check(open);
            ledger.adopt(open);
        });
    }

    /**
     * Against the documents' advice the store is put back while a process that is stopped has it. No other gets it meanwhile, and what the
     * process says after it goes on was durable before.
     */
    private void restoreUnder(KillChild child, String store) {
        String before = KillSqlite.copyFiles(store, "stopped-" + lives);
        String copy = ledger.copies().get(random.nextInt(ledger.copies().size()));
        database.restore(store, copy);
        try {
            database.open(store).close();
            violations.add(Kind.ILLEGAL, "%s is opened though life %d has it", store, child.life());
        } catch (BatchEngineException held) {
            if (!held.toString().contains("is open in another process")) {
                violations.add(Kind.ILLEGAL, "life %d has the store, and another is told %s", child.life(), held);
            }
        }
        child.signal("CONT");
        if (child.exit(LAST_LIFE) < 0) {
            violations.add(Kind.ILLEGAL, "I15: life %d goes on without its store", child.life());
            trouble += child.errors();
            return;
        }
        under++;
        look(before, open -> audit.check(open));
        goBack(store, copy);
    }

    private void look(String store, Consumer<BatchStore> check) {
        audits++;
        try (BatchStore open = database.open(store)) {
            check.accept(open);
        } catch (RuntimeException failure) {
            violations.add(Kind.LOST, "the store can't be read: %s", failure);
        }
    }

    /** Restores while a stopped process had the store. */
    int under() {
        return under;
    }

    int restores() {
        return restores;
    }

    List<KillViolations.Violation> violations() {
        return violations.all();
    }

    /** What helps to find out why something was violated. */
    String describe() {
        return Text.format(
                "seed %d on %s: %d kills, %d lives, %d restores%n%s",
                seed, database.name(), kills, lives, restores, trouble);
    }
}
