package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Kills until its report counts as many kills as are wanted, and ends with exit code 1 and the way to see it again if anything was violated.
 *
 * <pre>{@code
 * --database sqlite|postgresql   on what (sqlite)
 * --kills N                      until the report has so many on this database (100)
 * --seed S                       the seed of the first run; the others count on from there (1)
 * --runs N                       at most so many runs
 * --shape KILLS|KILLERS          which workloads (KILLS)
 * --lanes N                      runs at a time (2)
 * --report FILE                  adds to what it holds, and goes on from there (target/kill-report.csv)
 * }</pre>
 */
public final class KillHarness {
    private static final Map<String, String> DEFAULTS = Map.of(
            "database", "sqlite",
            "kills", "100",
            "seed", "1",
            "runs", "1000000000",
            "shape", "KILLS",
            "lanes", "2",
            "report", "target/kill-report.csv");

    private final KillDatabase database;
    private final Workload.Shape shape;
    private final Report report;
    private final PrintStream out;
    private final AtomicLong nextSeed;
    private final AtomicLong runsLeft;
    private final List<String> failures = new ArrayList<>();
    private long kills;
    private long reserved;

    KillHarness(
            KillDatabase database,
            Workload.Shape shape,
            long firstSeed,
            long mostRuns,
            Report report,
            PrintStream out) {
        KillTally before = report.sum(database.name());
        this.database = database;
        this.shape = shape;
        this.report = report;
        this.out = out;
        this.nextSeed = new AtomicLong(firstSeed + before.runs());
        this.runsLeft = new AtomicLong(mostRuns);
        this.kills = before.kills();
    }

    /** As the class tells. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> options = new HashMap<>(DEFAULTS);
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].replaceFirst("^--", "");
            if (i + 1 == arguments.length || options.put(name, arguments[i + 1]) == null) {
                throw new IllegalArgumentException(Text.format("%s is no option with a value", arguments[i]));
            }
        }
        Path file = Path.of(value(options, "report")).toAbsolutePath();
        Files.createDirectories(file.getParent());
        Report report = new Report(file);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (KillDatabase database = Databases.open(value(options, "database"))) {
            boolean clean = new KillHarness(
                            database,
                            Workload.Shape.valueOf(value(options, "shape")),
                            Long.parseLong(value(options, "seed")),
                            Long.parseLong(value(options, "runs")),
                            report,
                            out)
                    .run(Long.parseLong(value(options, "kills")), Integer.parseInt(value(options, "lanes")));
            out.printf("%s: %s%n", database.name(), report.sum(database.name()));
            System.exit(clean ? 0 : 1);
        }
    }

    private static String value(Map<String, String> options, String name) {
        return Objects.requireNonNull(options.get(name), name);
    }

    /** Runs until there are so many kills, or something was violated; tells whether nothing was. */
    boolean run(long wantedKills, int lanes) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < lanes; i++) {
            Thread lane = new Thread(() -> lane(wantedKills), "kill-lane-" + i);
            threads.add(lane);
            lane.start();
        }
        for (Thread lane : threads) {
            lane.join();
        }
        return failures().isEmpty();
    }

    /** What was violated, run by run, each with the way to see it again. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    private void lane(long wantedKills) {
        int room = reserve(wantedKills);
        while (room > 0 && runsLeft.getAndDecrement() > 0) {
            long seed = nextSeed.getAndIncrement();
            KillRun run = new KillRun(database, seed, shape);
            KillTally tally;
            try {
                tally = run.run(room);
            } catch (RuntimeException | Error failure) {
                ended(room, KillTally.ZERO, Text.format("seed %d: %s%n%s", seed, failure, run.describe()));
                throw failure;
            }
            report.add(database.name(), shape, seed, tally);
            ended(room, tally, tally.isClean() ? null : run.describe() + again(seed));
            room = reserve(wantedKills);
        }
    }

    /** How many kills a run may have; what others may still need is held back. */
    private synchronized int reserve(long wantedKills) {
        int room = failures.isEmpty() ? (int) Math.min(20, wantedKills - kills - reserved) : 0;
        reserved += Math.max(0, room);
        return room;
    }

    private synchronized void ended(int room, KillTally tally, @Nullable String failure) {
        reserved -= room;
        long before = kills;
        kills += tally.kills();
        if (failure != null) {
            failures.add(failure);
            out.println(failure);
        } else if (kills / 100 > before / 100) {
            out.printf("%s: %s%n", database.name(), report.sum(database.name()));
        }
    }

    private String again(long seed) {
        return Text.format(
                "again: java -cp <test class path> %s --database %s --shape %s --seed %d --runs 1 --report new.csv%n",
                KillHarness.class.getName(), database.name(), shape, seed);
    }
}
