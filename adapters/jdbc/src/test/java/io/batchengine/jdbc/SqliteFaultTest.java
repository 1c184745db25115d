package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqliteFaultTest {
    private static final int SQLITE_BUSY = 5;
    private static final int SQLITE_IOERR = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Faulty faulty;

    @SuppressWarnings("NullAway.Init")
    private JdbcBatchStore store;

    @SuppressWarnings("NullAway.Init")
    private TestBatches batches;

    @BeforeEach
    void open() {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        faulty = new Faulty(() -> DriverManager.getConnection(url));
        store = JdbcBatchStore.builder().dataSource(faulty.dataSource()).build();
        batches = new TestBatches(store);
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        assertThat(faulty.wasClosed).isFalse();
        for (Connection connection : faulty.opened) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"10, false", "10, true", "26, false", "1034, true"})
    void an_input_or_output_error_poisons_the_store_until_it_is_reopened(int code, boolean landed) {
        StoredBatch running = batches.running("bat-1");
        faulty.fail("commit", new SQLException("injected", null, code), landed);
        assertUnavailable(() -> batches.commit(running, BatchStatus.COMPLETED), "reopen", ErrorCode.STORE_LOST);
        assertUnavailable(() -> batches.create("bat-2"), "reopen", ErrorCode.STORE_LOST);
        assertUnavailable(() -> batches.find("bat-1"), "reopen", ErrorCode.STORE_LOST);
        store.close();
        open();
        assertThat(batches.find("bat-1").state().status())
                .isEqualTo(landed ? BatchStatus.COMPLETED : BatchStatus.RUNNING);
    }

    /** It waited for the store to go on, which it never does. */
    @Test
    void an_engine_ends_its_work_and_tells_who_waits() throws Exception {
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", folder)))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> Outcome.succeeded()))
                .store(store)
                .build()) {
            faulty.fail("commit", new SQLException("injected", null, SQLITE_IOERR), false);
            CompletableFuture<?> end = CompletableFuture.supplyAsync(() -> {
                String id = engine.batches()
                        .create("dir-inbox", TestBatches.TYPE, "cfg-a")
                        .id();
                return engine.batches().await(id, Duration.ofMinutes(1));
            });
            assertThatThrownBy(() -> end.get(30, TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(SQLException.class)
                    .hasMessageContaining("reopen");
            assertThat(engine.health().problems()).anyMatch(problem -> problem.contains("reopen"));
            assertThat(engine.close(Duration.ofSeconds(20)).clean()).isTrue();
        }
    }

    @Test
    void an_error_of_a_read_poisons_too() {
        faulty.fail("begin immediate", new SQLException("injected", null, SQLITE_IOERR), false);
        assertUnavailable(() -> batches.create("bat-1"), "reopen", ErrorCode.STORE_LOST);
        assertUnavailable(() -> batches.files("bat-1"), "reopen", ErrorCode.STORE_LOST);
    }

    @Test
    void a_busy_file_poisons_nothing() {
        faulty.fail("begin immediate", new SQLException("injected", null, SQLITE_BUSY), false);
        assertUnavailable(() -> batches.create("bat-1"), "another program", ErrorCode.STORE_UNAVAILABLE);
        assertThat(batches.create("bat-1").id()).isEqualTo("bat-1");
    }

    @Test
    void a_full_disk_undoes_the_call_and_the_same_call_works_when_there_is_room() throws Exception {
        StoredBatch running = batches.running("bat-1");
        BatchCommit large = TestBatches.commitOf(
                running,
                BatchStatus.RUNNING,
                List.of(new ListedPage(
                        0,
                        IntStream.range(0, 20_000)
                                .mapToObj(i -> i + "-" + Integer.toHexString(i * 0x9e3779b9))
                                .toList())),
                List.of(TestBatches.succeeded(0)),
                List.of());
        pragma("max_page_count = 40");
        for (int attempt = 0; attempt < 3; attempt++) {
            assertUnavailable(() -> batches.commit(large), "disk is full", ErrorCode.STORE_UNAVAILABLE);
            assertThat(batches.find("bat-1")).isEqualTo(running);
            assertThat(batches.files("bat-1")).isEmpty();
        }
        pragma("max_page_count = 1000000");
        assertThat(batches.commit(large)).isEqualTo(Verdict.Kind.APPLIED);
        assertThat(batches.files("bat-1")).hasSize(10_000);
    }

    @Test
    void a_commit_that_throws_half_way_is_undone() {
        StoredBatch running = batches.running("bat-1");
        BatchCommit wrong = TestBatches.commitOf(
                running, BatchStatus.RUNNING, List.of(), List.of(TestBatches.succeeded(3)), List.of());
        assertThatThrownBy(() -> store.commit(List.of(wrong))).isInstanceOf(IllegalArgumentException.class);
        assertThat(batches.commit(running, BatchStatus.COMPLETED)).isEqualTo(Verdict.Kind.APPLIED);
    }

    /** On the connection that writes, which is opened first after the one that was asked what it is. */
    private void pragma(String setting) throws SQLException {
        try (var statement = faulty.opened.get(1).createStatement()) {
            statement.execute("pragma " + setting);
        }
    }

    private static void assertUnavailable(ThrowingCallable call, String message, ErrorCode code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
