package io.batchengine.benchmarks.durable;

import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.jdbc.JdbcBatchStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Durable files per second with no-op jobs, beside a bare insert loop into the same database, round by round in one run.
 *
 * <p>Arguments: {@code sqlite} or {@code postgresql}, files (200,000), rounds (9), batches at once (1), commit size of the bare loop
 * (5,000). PostgreSQL is started here, with fsync on.
 */
public final class DurableComparison {
    private static final int WARM_UP = 2;

    private final BareLoop loop;
    private final int batches;
    private final int commitSize;
    private final NoOpFiles perBatch;
    private final List<String> ids;
    private final Path folder;
    private final String url;

    private DurableComparison(BareLoop loop, int files, int batches, int commitSize, Path folder, String url) {
        this.loop = loop;
        this.batches = batches;
        this.commitSize = commitSize;
        this.perBatch = NoOpFiles.prepared(files / batches);
        this.ids = NoOpFiles.prepared(files).ids();
        this.folder = folder;
        this.url = url;
    }

    /** Prints a line per round and the medians. */
    public static void main(String[] args) throws IOException, SQLException {
        BareLoop loop = args.length > 0 && args[0].equals("postgresql") ? BareLoop.POSTGRESQL : BareLoop.SQLITE;
        int files = number(args, 1, 200_000);
        int rounds = number(args, 2, 9);
        int batches = number(args, 3, 1);
        int commitSize = number(args, 4, 5_000);
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "durable-comparison-");
        try {
            if (loop == BareLoop.SQLITE) {
                new DurableComparison(loop, files, batches, commitSize, folder, "").print(rounds, System.out);
            } else {
                try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .start()) {
                    String url = server.getJdbcUrl("postgres", "postgres");
                    new DurableComparison(loop, files, batches, commitSize, folder, url).print(rounds, System.out);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private void print(int rounds, PrintStream out) throws IOException, SQLException {
        out.printf("%s, %,d files in %,d batches, bare commits of %,d rows%n", loop, ids.size(), batches, commitSize);
        out.printf("%5s %14s %14s %6s%n", "round", "bare rows/s", "engine files/s", "ratio");
        double[] bare = new double[rounds];
        double[] engine = new double[rounds];
        double[] ratios = new double[rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            double bareRate = bareRate(round);
            double engineRate = engineRate(round);
            if (round >= 0) {
                bare[round] = bareRate;
                engine[round] = engineRate;
                ratios[round] = engineRate / bareRate;
                out.printf("%5d %,14.0f %,14.0f %6.2f%n", round + 1, bareRate, engineRate, ratios[round]);
            }
        }
        out.printf("median %,13.0f %,14.0f %6.2f%n", median(bare), median(engine), median(ratios));
    }

    private double bareRate(int round) throws SQLException {
        String target = loop == BareLoop.SQLITE ? "jdbc:sqlite:" + folder.resolve("bare-" + round + ".db") : url;
        try (Connection connection = DriverManager.getConnection(target)) {
            loop.prepare(connection);
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            loop.create(connection, batches);
            loop.insert(connection, ids, commitSize);
            return rate(System.nanoTime() - start);
        }
    }

    private double engineRate(int round) {
        JdbcBatchStore.Builder store = loop == BareLoop.SQLITE
                ? JdbcBatchStore.builder().url("jdbc:sqlite:" + folder.resolve("engine-" + round + ".db"))
                : JdbcBatchStore.builder().url(url).tablePrefix("round_" + (round + WARM_UP) + "_");
        try (JdbcBatchStore open = store.build()) {
            return rate(EngineSide.run(open, perBatch, batches));
        }
    }

    private double rate(long nanos) {
        return ids.size() / (nanos / 1e9);
    }

    private static double median(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static int number(String[] args, int index, int otherwise) {
        return args.length > index ? Integer.parseInt(args[index]) : otherwise;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
