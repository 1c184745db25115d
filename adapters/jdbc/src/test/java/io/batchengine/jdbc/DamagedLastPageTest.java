package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that SQLite puts the next batch on can't be parsed. */
class DamagedLastPageTest {
    private static final int BATCHES = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path shared;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    @BeforeAll
    static void fill() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(shared.resolve("batches.db"))) {
            for (int i = 0; i < BATCHES; i++) {
                new TestBatches(store).create(withConfiguration("bat-" + (1_000 + i)));
            }
        }
    }

    /** Long enough for several pages of all tables. */
    private static BatchRecord withConfiguration(String id) {
        BatchRecord plain = TestBatches.batch(id);
        return plain.toBuilder()
                .configuration(ConfigurationSnapshot.of("x".repeat(300)))
                .build();
    }

    @BeforeEach
    void copy() throws IOException {
        Files.copy(shared.resolve("batches.db"), file());
    }

    /** The type of the page, the first free block, the number of cells, where their contents begin. */
    @ParameterizedTest
    @CsvSource({"batch,0", "batch,1", "batch,3", "batch,5", "snapshot,0", "snapshot,3"})
    void new_batches_go_on_another_page_and_health_says_so(String table, int place) throws Exception {
        SqlitePages.damage(file(), SqlitePages.last(file(), "batch_engine_" + table), place);
        List<String> made = new ArrayList<>();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            for (int i = 0; i < 50; i++) {
                made.add(batches.create("bat-new-" + i).id());
            }
            assertThat(store.warnings())
                    .anyMatch(each -> each.contains("on which the next batch belongs") && each.contains("backup"));
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            assertThat(made).allSatisfy(id -> assertThat(batches.find(id).id()).isEqualTo(id));
            assertThat(store.create(TestBatches.batch("bat-new-7"))).isInstanceOf(CreateResult.Existing.class);
            List<StoredBatch> claimed = new ArrayList<>();
            for (List<StoredBatch> more = batches.claim("one"); !more.isEmpty(); more = batches.claim("one")) {
                claimed.addAll(more);
            }
            assertThat(claimed).extracting(StoredBatch::id).containsAll(made);
            StoredBatch mine = batches.find("bat-new-3");
            assertThat(batches.commit(mine, BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.APPLIED);
        }
    }

    @Test
    void a_batch_that_belongs_on_no_whole_page_is_refused_with_what_to_do() throws Exception {
        for (int page : SqlitePages.leaves(file(), "batch_engine_batch")) {
            SqlitePages.damage(file(), page, 3);
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> store.create(TestBatches.batch("bat-new")))
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                        .hasMessageContaining("batch \"bat-new\" can't be created")
                        .hasMessageContaining("batch_engine_batch")
                        .hasMessageContaining("restore a backup");
            }
            assertThat(store.warnings()).anyMatch(each -> each.contains("can't be created"));
            assertThat(store.find(TestBatches.byId("bat-none"))).isEmpty();
        }
    }

    @Test
    void a_batch_on_the_damaged_page_is_not_made_twice() throws Exception {
        SqlitePages.damage(file(), SqlitePages.last(file(), "batch_engine_batch"), 3);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThatThrownBy(() -> store.create(TestBatches.batch("bat-" + (1_000 + BATCHES - 1))))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
        }
    }
}
