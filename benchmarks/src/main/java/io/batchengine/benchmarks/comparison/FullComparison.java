package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.process.WorkerFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Compares the engine with its peers over storages, kinds of jobs and sizes, each in a JVM of its own, in rounds that take turns; takes hours. Rows
 * are written as they are found, so that a run that is interrupted keeps what it has, and goes on with {@code --append}.
 *
 * <p>A contender whose rate at the size before says that a round would take longer than the limit is not run: its row says so. Bytes written
 * per file are those of the process on SQLite, and those that the server writes ahead on PostgreSQL.
 *
 * <p>Arguments: {@code --only} for some of memory, sqlite, postgresql, virtual-threads (needs {@code --java} of version 21 or newer); {@code --jobs},
 * {@code --sizes}, {@code --contenders}; {@code --rounds} 9; {@code --limit} 120 seconds a round; {@code --minutes} 10 a cell; {@code --java} home;
 * {@code --append}; {@code --output} file.
 */
public final class FullComparison {
    private static final int WARM_UP = 3; // rounds, or more while they are short
    private static final Duration LEAST_WARM_UP = Duration.ofSeconds(2); // of each
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private final ComparisonOptions options;
    private final Environment environment;
    private final Map<String, Double> rates = new HashMap<>(); // of the size before

    private FullComparison(ComparisonOptions options, Environment environment) {
        this.options = options;
        this.environment = environment;
    }

    /**
     * Compares.
     *
     * @param args see above
     * @throws IOException if a file can't be written
     * @throws SQLException if the server does not answer
     */
    public static void main(String[] args) throws IOException, SQLException {
        compare(ComparisonOptions.of(args));
        System.exit(0);
    }

    static void compare(ComparisonOptions options) throws IOException, SQLException {
        if (!options.append()) {
            ComparisonTable.begin(options.output());
        }
        new FullComparison(options, Environment.of(options.java())).run();
    }

    private void run() throws IOException, SQLException {
        for (String part : options.parts()) {
            boolean possible = !part.equals(ComparisonOptions.VIRTUAL_THREADS)
                    || options.java().feature() >= FIRST_WITH_VIRTUAL_THREADS;
            if (possible) {
                rates.clear();
                try (Site site = new Site()) {
                    for (Cell cell : Cells.of(part, options)) {
                        measure(site, cell);
                    }
                }
            } else {
                System.err.println("virtual threads: --java names no version 21 or newer");
            }
        }
    }

    private void measure(Site site, Cell cell) throws IOException, SQLException {
        List<Rival> rivals = new ArrayList<>();
        try {
            for (String contender : cell.contenders()) {
                Rival rival = new Rival(contender, cell, options.limit());
                rivals.add(rival);
                rival.open(site, options, rates.getOrDefault(key(cell, contender), 0.0));
            }
            takeTurns(rivals);
        } finally {
            for (Rival rival : rivals) {
                rival.close();
            }
        }
        for (Rival rival : rivals) {
            rates.merge(key(cell, rival.label), rival.rate(), (before, now) -> now > 0 ? now : before);
            ComparisonRow row = rival.row(environment, written(site, cell, rival));
            ComparisonTable.add(options.output(), row);
            System.out.printf(
                    Locale.ROOT,
                    "%s: %s: %,.0f files/s, %s %s%n",
                    cell,
                    rival.label,
                    rival.rate(),
                    row.outcome(),
                    rival.problem());
        }
    }

    private static String key(Cell cell, String contender) {
        return cell.job() + " " + contender;
    }

    /** Only one runs at a time, and who begins changes from round to round. At least one round counts of whoever is in. */
    private void takeTurns(List<Rival> rivals) throws IOException {
        long start = System.nanoTime();
        List<Rival> order = new ArrayList<>(rivals);
        long warm = LEAST_WARM_UP.multipliedBy(rivals.size()).toNanos();
        int round = -WARM_UP;
        while (round < options.rounds() && order.stream().anyMatch(Rival::isIn)) {
            for (Rival rival : order) {
                rival.round(round >= 0);
            }
            Collections.rotate(order, 1);
            long passed = System.nanoTime() - start;
            boolean late = passed > options.cellTime().toNanos();
            if (late && round >= 0) {
                return;
            }
            if (round != -1 || passed > warm) {
                round = late ? 0 : round + 1;
            }
        }
    }

    private WrittenPerFile.Found written(Site site, Cell cell, Rival rival) throws IOException, SQLException {
        if (rival.rate() == 0) {
            return WrittenPerFile.Found.NOTHING;
        }
        try {
            Duration limit = options.limit().multipliedBy(2); // it is not warm
            return WrittenPerFile.find(site, cell, rival.label, options.java(), limit);
        } catch (WorkerFailure failure) {
            System.err.println(failure.getMessage());
            return WrittenPerFile.Found.NOTHING;
        }
    }
}
