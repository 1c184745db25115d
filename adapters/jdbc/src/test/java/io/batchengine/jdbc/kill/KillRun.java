package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.kill.KillViolations.Kind;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One workload on one store, its process killed again and again until its last life may end by itself. What is drawn follows from the
 * seed; the moment at which a signal arrives does not.
 */
final class KillRun {
    private static final Duration LAST_LIFE = Duration.ofMinutes(2);

    private final KillDatabase database;
    private final long seed;
    private final Workload.Shape shape;
    private final SplittableRandom random;
    private final KillViolations violations = new KillViolations();
    private final Workload workload;
    private final Ledger ledger;
    private final Audit audit;
    private int kills;
    private int lives;
    private int audits;
    private String trouble = "";

    KillRun(KillDatabase database, long seed, Workload.Shape shape) {
        this.database = database;
        this.seed = seed;
        this.shape = shape;
        this.random = new SplittableRandom(seed).split();
        this.workload = Workload.of(seed, shape);
        this.ledger = new Ledger(workload, violations);
        this.audit = new Audit(workload, ledger, violations);
    }

    /** Runs it; with at most so many kills. */
    KillTally run(int mostKills) {
        int planned = Math.min(mostKills, random.nextInt(3, 20));
        int early = 0; // lives in a row that shall not come beyond recovery
        boolean ended = false;
        String store = database.newStore();
        Path errors = temporary();
        if (shape == Workload.Shape.REFUSED) {
            Refusing.messages(database, store, seed);
        }
        try {
            while (!ended && violations.isEmpty()) {
                boolean last = kills >= planned;
                if (early == 0 && random.nextInt(10) == 0) {
                    early = random.nextInt(2, 6);
                }
                KillMoment moment = KillMoment.drawn(random, early > 0);
                early = Math.max(0, early - 1);
                ended = live(store, errors, last ? null : moment);
                if (!ended && violations.isEmpty() && random.nextInt(3) == 0) {
                    audit(store, false);
                }
            }
            if (violations.isEmpty()) {
                audit(store, true);
            }
        } finally {
            if (violations.isEmpty()) {
                database.drop(store);
                delete(errors);
            } else {
                trouble += Text.format("%nstore: %s, standard error: %s", store, errors);
            }
        }
        return tally();
    }

    /** One life; true where it came to its end by itself, with all batches ended. */
    private boolean live(String store, Path errors, @Nullable KillMoment moment) {
        ChildOptions options = ChildOptions.of(store, seed, shape);
        try (KillChild child = KillChild.start(lives++, ledger, database.jvm().command(), options, errors)) {
            if (moment != null) {
                moment.await(child);
                if (random.nextInt(12) == 0) {
                    child.askToClose(); // what it gives back is to go on at once
                } else if (child.isAlive() && child.kill()) {
                    kills++;
                    return false;
                }
            }
            int exit = child.exit(LAST_LIFE);
            if (exit == KillChild.KILLED_ITSELF) {
                kills++;
                return false;
            }
            if (exit != 0 || child.count('E') != 1) {
                String what = exit < 0 ? "I15: life %d does not end" : "life %d fails with exit code %d";
                violations.add(Kind.ILLEGAL, "%s", Text.format(what, child.life(), exit));
                trouble += child.errors();
            }
            return child.count('D') > 0;
        }
    }

    private void audit(String store, boolean atEnd) {
        audits++;
        try (BatchStore open = database.open(store)) {
            if (atEnd) {
                audit.checkEnd(open);
            } else {
                audit.check(open);
            }
        } catch (RuntimeException failure) {
            violations.add(Kind.LOST, "the store can't be read: %s", failure);
        }
    }

    private KillTally tally() {
        return new KillTally(
                1,
                kills,
                lives - 1,
                audits,
                workload.files(),
                ledger.acknowledged(),
                0,
                0,
                0,
                violations.count(Kind.LOST),
                violations.count(Kind.DOUBLED),
                violations.count(Kind.ILLEGAL));
    }

    /** What was violated, with what helps to find out why; empty where nothing was. */
    String describe() {
        if (violations.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(
                Text.format("seed %d on %s, %s: %d kills, %d lives%n", seed, database.name(), shape, kills, lives));
        violations.all().stream()
                .limit(20)
                .forEach(one -> text.append("  ").append(one).append('\n'));
        return text.append(trouble).toString();
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("kill", ".err");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
