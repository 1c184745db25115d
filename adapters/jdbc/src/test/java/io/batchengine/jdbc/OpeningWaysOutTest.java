package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What to do about a store that can't be opened depends on why. */
class OpeningWaysOutTest {
    private static final Path FILE = Path.of("batches.db");

    @Test
    void a_full_disk_is_no_wrong_file() {
        assertThat(SqliteFile.cantOpen(FILE, new SQLException("database or disk is full", null, 13)))
                .hasMessageContaining("disk is full, free some space")
                .hasMessageNotContaining("Batch Engine file");
    }

    @Test
    void a_driver_that_can_not_unpack_its_library_is_told_where_it_may() {
        SQLException failure = new SQLException(
                new IllegalStateException("org.sqlite.NativeLibraryNotFoundException: No native library found"));

        assertThat(SqliteFile.cantOpen(FILE, failure)).hasMessageContaining("-Dorg.sqlite.tmpdir");
    }

    @ParameterizedTest
    @CsvSource({
        "53300, gives no more connections",
        "42P05, prepareThreshold=0",
        "28P01, user and password",
    })
    void a_server_is_told_by_its_code(String state, String wayOut) {
        assertThat(PostgresOpening.cantOpen("the store", new SQLException("no", state)))
                .hasMessageContaining(wayOut);
    }
}
