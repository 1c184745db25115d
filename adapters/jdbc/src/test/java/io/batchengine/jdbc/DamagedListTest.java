package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.StoredBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of an index by which batches are listed or found can't be parsed: the answer is that of the rows, or none. */
class DamagedListTest {
    private static final int BATCHES = 300;

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
                store.create(TestBatches.batch(id(i), "key-" + i, "print", null));
            }
        }
    }

    @BeforeEach
    void copy() throws IOException {
        Files.copy(shared.resolve("batches.db"), file());
    }

    private static String id(int batch) {
        return "bat-" + (1_000 + batch);
    }

    private static BatchQuery query(@Nullable String directory, Set<BatchStatus> statuses) {
        return BatchQuery.builder()
                .projectId(TestBatches.PROJECT)
                .statuses(statuses)
                .sourceDirectoryId(directory)
                .limit(BATCHES + 1)
                .withTotal(true)
                .build();
    }

    private static BatchQuery by(String index) {
        Set<BatchStatus> statuses =
                index.endsWith("status") ? Set.of(BatchStatus.PENDING, BatchStatus.RUNNING) : Set.of();
        return query(index.contains("directory") ? "dir-inbox" : null, statuses);
    }

    private static List<String> expected() {
        List<String> ids = new ArrayList<>(
                IntStream.range(0, BATCHES).mapToObj(DamagedListTest::id).toList());
        Collections.reverse(ids);
        return ids;
    }

    private static void assertWhole(JdbcBatchStore store, BatchQuery query) {
        var page = store.list(query);
        assertThat(page.batches()).extracting(StoredBatch::id).isEqualTo(expected());
        assertThat(page.total()).hasValue(BATCHES);
    }

    private void damage(String index) throws Exception {
        List<Integer> leaves = SqlitePages.leaves(file(), "batch_engine_" + index);
        SqlitePages.damage(file(), leaves.get(leaves.size() / 2), 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch_list", "batch_status", "batch_directory", "batch_directory_status"})
    void a_list_by_it_is_that_of_the_rows_and_health_says_so(String index) throws Exception {
        damage(index);
        for (int opening = 0; opening < 2; opening++) {
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
                assertWhole(store, by(index));
                assertThat(store.warnings()).anyMatch(each -> each.contains("batch_engine_" + index));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch_list", "batch_status", "batch_directory", "batch_directory_status"})
    void a_store_that_only_reads_lists_without_it(String index) throws Exception {
        damage(index);
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().file(file()).readOnly(true).build()) {
            assertWhole(store, by(index));
            assertWhole(store, by(index));
            assertThat(store.warnings())
                    .anyMatch(each -> each.contains("the index batch_engine_" + index + " can't be read"));
        }
    }

    /** The type of the page, the first free block, the number of cells, where their contents begin. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void whatever_is_wrong_with_each_of_its_pages_the_list_is_whole(int place) throws Exception {
        for (int page : SqlitePages.leaves(file(), "batch_engine_batch_list")) {
            SqlitePages.damage(file(), page, place);
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertWhole(store, by("batch_list"));
        }
    }

    @Test
    void where_the_rows_are_damaged_too_the_list_is_refused_and_names_both() throws Exception {
        damage("batch_list");
        damage("batch");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThatThrownBy(() -> store.list(by("batch_list")))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                    .hasMessageContaining("batch_engine_batch_list")
                    .hasMessageContaining("table batch_engine_batch ")
                    .hasMessageContaining("restore a backup");
            assertThat(new TestBatches(store).find(id(0)).id()).isEqualTo(id(0));
        }
    }
}
