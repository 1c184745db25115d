package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.spi.store.RenewRequest;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of an open SQLite file are overwritten in place, so that its log can't be taken into it. */
class DamagedCheckpointTest {
    private static final int PAGE = 4096;
    private static final int BATCHES = 50;

    private final AtomicLong nanos = new AtomicLong();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    private List<Integer> pages = List.of();

    private Path keptLog() {
        return folder.resolve("batches.db-wal.kept");
    }

    @BeforeEach
    void fill() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            for (int i = 0; i < BATCHES; i++) {
                new TestBatches(store).create("bat-" + i);
            }
        }
        pages = SqlitePages.leaves(file(), "sqlite_schema");
        assertThat(pages).hasSizeGreaterThan(1).doesNotContain(1);
    }

    /** The pages of the schema, which only a checkpoint reads again. */
    private void overwrite(byte[] bytes) throws Exception {

        try (FileChannel database = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (int page : pages) {
                int at = (page - 1) * PAGE;
                database.write(ByteBuffer.wrap(bytes, at, PAGE), at);
            }
        }
    }

    private void checkpoint(JdbcBatchStore store, String batchId) {
        new TestBatches(store).create(batchId);
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        store.renew(RenewRequest.of("nobody", TestBatches.LEASE, List.of()));
    }

    @Test
    void health_says_that_the_log_does_not_get_into_the_file_and_what_to_do() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file(), nanos::get)) {
            checkpoint(store, "bat-before");
            assertThat(store.warnings()).isEmpty();
            overwrite(new byte[(int) Files.size(file())]);
            checkpoint(store, "bat-after-1");
            checkpoint(store, "bat-after-2");
            assertThat(store.warnings())
                    .filteredOn(each -> each.contains("its log"))
                    .singleElement()
                    .asString()
                    .contains("batches.db", "is damaged", "backup", "restore");
        }
        assertThat(Files.size(keptLog())).as("a copy of the log").isPositive();
    }

    @Test
    void health_is_well_again_once_the_file_is() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file(), nanos::get)) {
            checkpoint(store, "bat-before");
            byte[] whole = Files.readAllBytes(file());
            overwrite(new byte[whole.length]);
            checkpoint(store, "bat-after-1");
            assertThat(store.warnings()).anyMatch(each -> each.contains("its log"));
            overwrite(whole);
            checkpoint(store, "bat-after-2");
            assertThat(store.warnings()).noneMatch(each -> each.contains("its log"));
        }
        assertThat(keptLog()).doesNotExist();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThat(new TestBatches(store).find("bat-after-2").id()).isEqualTo("bat-after-2");
        }
    }
}
