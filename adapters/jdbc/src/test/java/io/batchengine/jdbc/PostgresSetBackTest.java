package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two engines on one real server, which is set back under them again and again. A claim that the database has forgotten is given a second time
 * then, with the same epoch and version; only its token tells the two apart.
 */
class PostgresSetBackTest {
    private static final int DRAWS = Integer.getInteger("batchengine.set-back.postgres-draws", 6);
    private static final long SEED = Long.getLong("batchengine.set-back.seed", 1);
    private static final List<Integer> SIZES = List.of(3, 20, 120);
    private static final String PROJECT = "prj-default";
    private static final int PAGE = 8;
    private static final int EVERY_WHICH_FAILS = 7;

    @TempDir
    private Path inbox;

    private int setBack; // while a batch was under way
    private int forgotten; // batches that the database does not know any more

    @Test
    void every_batch_that_the_database_still_has_ends_with_one_result_a_file() throws Exception {
        for (int size : SIZES) {
            Path directory = Files.createDirectory(inbox.resolve("dir-" + size));
            for (int i = 0; i < size; i++) {
                Files.createFile(directory.resolve(Text.format("file-%03d", i)));
            }
        }
        String url = TestPostgres.newDatabase();
        try (BatchEngine one = engine(url);
                BatchEngine two = engine(url);
                BatchStore store = JdbcBatchStore.open(url)) {
            SnapshotOfTables snapshot = new SnapshotOfTables(url, "batch_engine_");
            snapshot.take();
            for (int draw = 0; draw < DRAWS; draw++) {
                draw(new SplittableRandom(SEED + draw), List.of(one, two), store, snapshot);
            }
            for (BatchEngine engine : List.of(one, two)) {
                assertThat(engine.health().problems()).isEmpty();
            }
        }
        assertThat(setBack)
                .as("times that a batch was set back while it was under way")
                .isGreaterThan(DRAWS / 4);
        assertThat(forgotten)
                .as("batches of which the database forgot the creation")
                .isLessThan(DRAWS / 2);
    }

    private void draw(SplittableRandom random, List<BatchEngine> engines, BatchStore store, SnapshotOfTables snapshot)
            throws SQLException {
        List<Batch> created = new ArrayList<>();
        if (random.nextInt(6) == 0) {
            snapshot.take(); // so the creation is forgotten too
        }
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            String directory = "dir-" + SIZES.get(random.nextInt(SIZES.size()));
            created.add(engines.get(random.nextInt(2)).batches().create(directory, TestBatches.TYPE, "cfg-a"));
        }
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            if (random.nextBoolean()) {
                pass(random.nextInt(60));
            }
            if (times > 1 || random.nextInt(6) != 0) {
                snapshot.take();
            }
            pass(random.nextInt(120));
            if (created.stream().anyMatch(batch -> isUnderWay(store, batch.id()))) {
                setBack++;
            }
            snapshot.restore();
        }
        for (Batch batch : created) {
            Awaitility.await(batch.id() + " ends")
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !isUnderWay(store, batch.id()));
            assertEnded(batch, store);
        }
    }

    private static void pass(int millis) {
        LockSupport.parkNanos(
                Duration.ofMillis(millis).toNanos()); // real engines on a real server: chance decides what it meets
    }

    private static boolean isUnderWay(BatchStore store, String id) {
        return find(store, id)
                .filter(batch -> !batch.state().status().isTerminal())
                .isPresent();
    }

    private static Optional<StoredBatch> find(BatchStore store, String id) {
        while (true) {
            try {
                return store.find(new BatchKey.ById(PROJECT, id));
            } catch (BatchEngineException chosenByTheServerToResolveADeadlock) {
                assertThat(chosenByTheServerToResolveADeadlock.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            }
        }
    }

    private void assertEnded(Batch batch, BatchStore store) {
        Optional<StoredBatch> found = find(store, batch.id());
        if (found.isEmpty()) {
            forgotten++;
            return;
        }
        int size = Integer.parseInt(batch.sourceDirectoryId().substring("dir-".length()));
        int failed = (size + EVERY_WHICH_FAILS - 1) / EVERY_WHICH_FAILS;
        assertThat(found.get().state().status()).as(batch.id()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(found.get().state().counts())
                .as(batch.id())
                .isEqualTo(FileCounts.builder()
                        .listed(size)
                        .succeeded(size - failed)
                        .failed(failed)
                        .build());
        List<FileRecord> files = store.files(FileQuery.InBatch.of(batch.id(), 0, Long.MAX_VALUE, Set.of(), size + 1));
        assertThat(files).as(batch.id()).hasSize(size);
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < size; i++) {
            FileRecord file = files.get(i);
            SettledFile settled = file.settled();
            assertThat(file.ordinal()).isEqualTo(i);
            assertThat(ids.add(file.fileId())).isTrue();
            assertThat(settled).isNotNull();
            assertThat(settled.outcome())
                    .as("%s of %s", file, batch.id())
                    .isEqualTo(i % EVERY_WHICH_FAILS == 0 ? FileOutcome.FAILED : FileOutcome.SUCCEEDED);
        }
    }

    private BatchEngine engine(String url) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of(
                        "dir-3", inbox.resolve("dir-3"),
                        "dir-20", inbox.resolve("dir-20"),
                        "dir-120", inbox.resolve("dir-120"))))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", PostgresSetBackTest::run))
                .store("jdbc", Map.of("url", url))
                .pageSize(PAGE)
                .lease(Duration.ofSeconds(1))
                .pollInterval(Duration.ofMillis(20))
                .build();
    }

    private static Outcome run(JobContext job) {
        LockSupport.parkNanos(Math.floorMod(job.proposedJobId().hashCode(), 3_000_000));
        String name = job.file().name();
        int number = Integer.parseInt(name.substring(name.length() - 3));
        return number % EVERY_WHICH_FAILS == 0 ? Outcome.failed("number " + number) : Outcome.succeeded();
    }
}
