package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Text;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ClaimRef;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are missing, cut or changed, one at a time: the files that they tell of are named as damaged, and no others. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a read without progress would never end
class DamagedRowsTest {
    private static final int PAGES = 3;
    private static final int FILES_OF_PAGE = 300;
    private static final int FILES = PAGES * FILES_OF_PAGE;
    private static final String NUMBER = " number = (select number from batch_engine_batch where id = 'bat-1')";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void fill() {
        file = folder.resolve("batches.db");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            settled(store, "bat-1");
            settled(store, "bat-2");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delete from batch_engine_page where first_ordinal = 0 and   | 0   | 300",
                "delete from batch_engine_page where first_ordinal = 300 and | 300 | 600",
                "delete from batch_engine_page where first_ordinal = 600 and | 600 | 900",
                // the ids decode to fewer than there are
                "update batch_engine_page set ids = substr(ids, 1, length(ids) / 2) where first_ordinal = 300 and | 300 | 600",
                "update batch_engine_page set n = n + 1 where first_ordinal = 300 and | 300 | 600",
                "update batch_engine_page set n = 0 where first_ordinal = 300 and     | 300 | 600",
                // a block of successes
                "delete from batch_engine_success where first_ordinal = 256 and | 256 | 512",
                "update batch_engine_success set n = n - 1 where first_ordinal = 256 and | 256 | 512",
                "update batch_engine_success set ends = substr(ends, 1, length(ends) - 1) where first_ordinal = 256 and | 256 | 512",
            })
    void the_files_of_a_row_are_named_and_the_others_are_read(String sql, long from, long below) throws Exception {
        change(sql + NUMBER);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            assertDamaged(store, 0, FILES, from, below);
            assertThat(read(store, "bat-1", 0, from)).isEqualTo(from);
            assertThat(read(store, "bat-1", below, FILES)).isEqualTo(FILES - below);
            assertThat(read(store, "bat-2", 0, FILES)).isEqualTo(FILES);
            assertThat(store.damage()).anySatisfy(told -> assertThat(told).contains("bat-1"));
        }
    }

    @Test
    void a_value_that_no_row_was_written_with_is_damage_of_its_batch_alone() throws Exception {
        change("update batch_engine_batch set cancel_requested = 1 where" + NUMBER);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_CORRUPT)
                    .hasMessageContaining("bat-1");
            assertThat(new TestBatches(store).find("bat-2").id()).isEqualTo("bat-2");
        }
    }

    private void assertDamaged(JdbcBatchStore store, long from, long below, long firstDamaged, long endOfDamage) {
        assertThatThrownBy(() -> read(store, "bat-1", from, below))
                .isInstanceOfSatisfying(BatchEngineException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.STORE_CORRUPT);
                    assertThat(failure.damagedFiles()).hasValueSatisfying(files -> {
                        assertThat(files.batchId()).isEqualTo("bat-1");
                        assertThat(files.from()).isEqualTo(firstDamaged);
                        assertThat(files.below()).isEqualTo(endOfDamage);
                    });
                });
    }

    /** How many files of a range were read, each of them with its own id and end. */
    private static long read(JdbcBatchStore store, String batchId, long from, long below) {
        var files = store.files(FileQuery.InBatch.of(batchId, from, below, Set.of(), FILES));
        for (int i = 0; i < files.size(); i++) {
            assertThat(files.get(i).fileId()).isEqualTo(id(from + i));
            assertThat(files.get(i).settled()).isEqualTo(TestBatches.succeeded(from + i));
        }
        return files.size();
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isEqualTo(1);
        }
    }

    private static void settled(JdbcBatchStore store, String id) {
        TestBatches batches = new TestBatches(store);
        StoredBatch running = batches.running(id);
        List<ListedPage> pages = new ArrayList<>();
        for (int page = 0; page < PAGES; page++) {
            int first = page * FILES_OF_PAGE;
            pages.add(new ListedPage(
                    first,
                    IntStream.range(first, first + FILES_OF_PAGE)
                            .mapToObj(DamagedRowsTest::id)
                            .toList()));
        }
        List<SettledFile> ends =
                LongStream.range(0, FILES).mapToObj(TestBatches::succeeded).toList();
        assertThat(batches.commit(BatchCommit.builder()
                        .claim(new ClaimRef(
                                id, running.state().epoch(), running.state().claimToken()))
                        .expectedVersion(running.state().version())
                        .at(TestBatches.NOON)
                        .status(BatchStatus.RUNNING)
                        .counts(FileCounts.builder()
                                .listed(FILES)
                                .succeeded(FILES)
                                .build())
                        .listingEnded(true)
                        .listedTo(id(FILES - 1))
                        .settledBelow(FILES)
                        .pages(pages)
                        .settled(ends)
                        .build()))
                .isEqualTo(Verdict.Kind.APPLIED);
    }

    private static String id(long ordinal) {
        return Text.format("dfl-%08d", ordinal);
    }
}
