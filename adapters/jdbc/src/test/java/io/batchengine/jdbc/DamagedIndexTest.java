package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index of the batches that names a row which is not there: the indexes are built again, and the store gives its batches. */
class DamagedIndexTest {
    /** What a claim may look for batches by. */
    private static final String OF_CLAIMS =
            "name in ('batch_engine_batch_claim', 'batch_engine_batch_open', 'batch_engine_batch_pending')";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void a_claim_that_meets_it_builds_the_indexes_again_and_says_so() throws Exception {
        Path file = folder.resolve("batches.db");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            new TestBatches(store).create("bat-2");
        }
        withoutIndex(file, "delete from batch_engine_batch where id = 'bat-1'");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            TestBatches batches = new TestBatches(store);
            assertThat(batches.claim("one")).extracting(StoredBatch::id).containsExactly("bat-2");
            assertThat(store.damage())
                    .anySatisfy(told -> assertThat(told).contains("index").contains("check the disk"));
            assertThat(batches.commit(batches.find("bat-2"), BatchStatus.RUNNING))
                    .isEqualTo(Verdict.Kind.APPLIED);
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            assertThat(store.damage()).as("what was mended stays so").isEmpty();
        }
    }

    /** Changes the table and leaves the index as it is: SQLite does not know of it meanwhile. */
    private static void withoutIndex(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("create temp table kept as select * from sqlite_master where " + OF_CLAIMS);
            statement.execute("pragma writable_schema = on");
            assertThat(statement.executeUpdate("delete from sqlite_master where " + OF_CLAIMS))
                    .isEqualTo(3);
            statement.execute("pragma writable_schema = reset");
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
            statement.execute("pragma writable_schema = on");
            statement.execute("insert into sqlite_master select * from kept");
            statement.execute("pragma writable_schema = reset");
        }
    }
}
