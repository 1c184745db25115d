package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The row of the newest batch of a SQLite file is gone, and other rows name its number still. */
class LeftRowsTest {
    private static final List<String> TABLES = List.of("snapshot", "page", "success", "file", "delayed");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    private void execute(String... sql) throws Exception {
        TestPostgres.execute("jdbc:sqlite:" + file(), sql);
    }

    /** A batch with rows in each table. */
    @BeforeEach
    void fill() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            batches.claim("one");
            StoredBatch seen = batches.running("bat-2");
            assertThat(batches.commit(TestBatches.commitOf(
                            seen,
                            BatchStatus.RUNNING,
                            List.of(new ListedPage(0, List.of("a", "b", "c"))),
                            List.of(
                                    TestBatches.succeeded(0),
                                    SettledFile.builder()
                                            .ordinal(1)
                                            .outcome(FileOutcome.FAILED)
                                            .attempts(1)
                                            .finishedAt(TestBatches.NOON)
                                            .durationMillis(5)
                                            .message("no")
                                            .build()),
                            List.of(DelayedFile.waiting(2, 1, true, TestBatches.NOON)))))
                    .isEqualTo(Verdict.Kind.APPLIED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "page", "success", "file", "delayed", "all"})
    void new_batches_are_created_without_them_and_health_says_so(String left) throws Exception {
        execute("delete from batch_engine_batch where id = 'bat-2'");
        for (String table : TABLES) {
            if (!left.equals("all") && !left.equals(table)) {
                execute("delete from batch_engine_" + table + " where number = 2");
            }
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            for (int i = 3; i < 6; i++) {
                batches.create("bat-" + i);
                assertThat(batches.files("bat-" + i)).isEmpty();
            }
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "batch_engine_" + (left.equals("all") ? "snapshot" : left), "number 2", "restore a backup");
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-6");
            assertThat(batches.claim("two")).extracting(StoredBatch::id).contains("bat-3", "bat-6");
            assertThat(batches.files("bat-3")).isEmpty();
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    void rows_of_higher_numbers_are_passed_over_at_once() throws Exception {
        execute(
                "delete from batch_engine_batch where id = 'bat-2'",
                "insert into batch_engine_snapshot values (3, '', 0), (9, '', 0)",
                "update batch_engine_page set number = 7");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            new TestBatches(store).create("bat-3");
        }
        assertThat(TestPostgres.number(
                        "jdbc:sqlite:" + file(), "select number from batch_engine_batch where id = 'bat-3'"))
                .isEqualTo(10);
    }

    /** With the newest batch, as all others. */
    @Test
    void a_file_that_has_lost_all_its_batches_takes_new_ones() throws Exception {
        execute("delete from batch_engine_batch");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-3");
            assertThat(batches.files("bat-3")).isEmpty();
        }
    }
}
