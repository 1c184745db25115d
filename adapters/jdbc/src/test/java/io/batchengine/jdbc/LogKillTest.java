package io.batchengine.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.store.BatchKey;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process at any moment while it opens a store, makes checkpoints and closes it: what is left raises no alarm, also after another
 * program has opened and closed it. Four kills, ten with {@code -Plong}; with {@code -Dbatchengine.log.kills=N} N of them.
 */
@Tag("rounds")
class LogKillTest {
    private static final int KILLS = Integer.getInteger("batchengine.log.kills", 4);
    private static final long SEED = Long.getLong("batchengine.log.seed", System.nanoTime());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_kill_at_any_moment_raises_no_false_alarm() throws Exception {
        Path file = folder.resolve("batches.db");
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> acknowledged = new ArrayList<>();
        int taken = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            List<String> lines = lifeOf(file, kill, random);
            assertThat(lines).as("seed %d, kill %d", SEED, kill).noneMatch(line -> line.startsWith("N"));
            lines.stream()
                    .filter(line -> line.startsWith("A "))
                    .map(line -> line.substring(2))
                    .forEach(acknowledged::add);
            if (kill == 1 || random.nextInt(3) == 0) {
                takeLog(file);
                taken++;
            }
            if (random.nextBoolean()) { // otherwise the next life is the first to look
                try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
                    assertThat(store.notes()).as("seed %d, kill %d", SEED, kill).isEmpty();
                    requireAll(store, acknowledged);
                }
            }
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            assertThat(store.notes()).isEmpty();
            requireAll(store, acknowledged);
        }
        System.out.printf(
                "%d kills, after %d of which another program took the log: no alarm, %d acknowledged batches are there%n",
                KILLS, taken, acknowledged.size());
        assertThat(acknowledged).isNotEmpty();
    }

    private static List<String> lifeOf(Path file, int number, SplittableRandom random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CheckpointingChild.class.getName(),
                        file.toString(),
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            String first = out.readLine();
            assertThat(first).isEqualTo("R");
            Thread reader = new Thread(() -> out.lines().forEach(lines::add));
            reader.start();
            TimeUnit.MICROSECONDS.sleep(random.nextInt(700_000));
            assertThat(process.isAlive()).as("the child ends by the kill only").isTrue();
            process.destroyForcibly().waitFor();
            reader.join();
        }
        return lines;
    }

    /** As a look with the tool sqlite3 does: the last to close takes the log into the file and removes it. */
    private static void takeLog(Path file) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from sqlite_master")) {
            assertThat(count.next()).isTrue();
        }
    }

    private static void requireAll(JdbcBatchStore store, List<String> acknowledged) {
        for (String id : acknowledged) {
            assertThat(store.find(new BatchKey.ById(TestBatches.PROJECT, id)))
                    .as(id)
                    .isPresent();
        }
    }
}
