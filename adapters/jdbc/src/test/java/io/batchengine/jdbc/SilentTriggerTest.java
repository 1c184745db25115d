package io.batchengine.jdbc;

import static io.batchengine.jdbc.TestBatches.commitOf;
import static io.batchengine.jdbc.TestBatches.succeeded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A trigger or a rule leaves rows out without an error: the store acknowledges nothing of that. */
class SilentTriggerTest {
    private static final int FILES = 40;

    enum Kind {
        SQLITE,
        POSTGRESQL
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private String url(Kind kind) throws Exception {
        return kind == Kind.SQLITE ? "jdbc:sqlite:" + folder.resolve("batches.db") : TestPostgres.newDatabase();
    }

    private static void leaveOut(Kind kind, String url, String event, String table) throws Exception {
        if (kind == Kind.SQLITE) {
            TestPostgres.execute(
                    url,
                    "create trigger silent before " + event + " on batch_engine_" + table
                            + " begin select raise(ignore); end");
        } else {
            TestPostgres.execute(
                    url,
                    "create or replace function silent() returns trigger language plpgsql as 'begin return null; end'",
                    "create trigger silent before " + event + " on batch_engine_" + table
                            + " for each row execute function silent()");
        }
    }

    private static void letIn(Kind kind, String url, String table) throws Exception {
        TestPostgres.execute(url, "drop trigger silent" + (kind == Kind.SQLITE ? "" : " on batch_engine_" + table));
    }

    private static void assertRefused(ThrowingCallable call, String table) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
                .hasMessageContaining("batch_engine_" + table)
                .hasMessageContaining("a trigger or rule");
    }

    /** A page, successes, failures by one statement or by many, and a file that waits. */
    private static BatchCommit work(StoredBatch running, int failures) {
        List<SettledFile> settled = LongStream.range(0, FILES / 2)
                .mapToObj(i -> i < failures ? TestBatches.settled(i, FileOutcome.FAILED, "job-" + i) : succeeded(i))
                .toList();
        return commitOf(
                running,
                BatchStatus.RUNNING,
                List.of(new ListedPage(
                        0, IntStream.range(0, FILES).mapToObj(i -> "file-" + i).toList())),
                settled,
                List.of(DelayedFile.builder()
                        .ordinal(FILES - 1)
                        .attempts(1)
                        .mapped(true)
                        .notBefore(TestBatches.NOON)
                        .build()));
    }

    @ParameterizedTest
    @CsvSource({
        "SQLITE,page,3", "SQLITE,success,3", "SQLITE,file,3", "SQLITE,file,18", "SQLITE,delayed,3",
        "POSTGRESQL,page,3", "POSTGRESQL,success,3", "POSTGRESQL,file,3", "POSTGRESQL,file,18", "POSTGRESQL,delayed,3"
    })
    void a_commit_is_kept_as_a_whole_or_not_at_all(Kind kind, String table, int failures) throws Exception {
        String url = url(kind);
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch running = batches.running("bat-1");
            leaveOut(kind, url, "insert", table);
            assertRefused(() -> batches.commit(work(running, failures)), table);
            assertThat(batches.find("bat-1")).isEqualTo(running);
            letIn(kind, url, table);
            assertThat(batches.commit(work(running, failures))).isEqualTo(Verdict.Kind.APPLIED);
            assertThat(batches.files("bat-1")).hasSize(FILES);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_batch_is_created_and_changed_or_the_call_fails(Kind kind) throws Exception {
        String url = url(kind);
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch running = batches.running("bat-1");
            batches.create("bat-2");
            for (String table : List.of("batch", "snapshot")) {
                leaveOut(kind, url, "insert", table);
                assertRefused(() -> batches.create("bat-3"), table);
                assertRefused(() -> store.create(TestBatches.batch("bat-3", "key", "print", null)), table);
                assertThat(store.find(TestBatches.byId("bat-3"))).isEmpty();
                letIn(kind, url, table);
            }
            leaveOut(kind, url, "update", "batch");
            assertRefused(() -> batches.commit(running, BatchStatus.COMPLETED), "batch");
            assertRefused(() -> batches.claim("two"), "batch");
            assertRefused(() -> store.requestCancel(TestBatches.byId("bat-2")), "batch");
            letIn(kind, url, "batch");
            assertThat(batches.commit(running, BatchStatus.COMPLETED)).isEqualTo(Verdict.Kind.APPLIED);
            leaveOut(kind, url, "delete", "batch");
            assertRefused(() -> store.delete(new DeleteRequest.OneBatch(TestBatches.PROJECT, "bat-1"), 100), "batch");
            letIn(kind, url, "batch");
            assertThat(store.delete(new DeleteRequest.OneBatch(TestBatches.PROJECT, "bat-1"), 100)
                            .batches())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_lease_that_is_not_kept_is_told() throws Exception {
        String url = url(Kind.POSTGRESQL);
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            leaveOut(Kind.POSTGRESQL, url, "insert", "owner");
            assertRefused(() -> store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of())), "owner");
        }
    }

    @Test
    void a_rule_that_does_nothing_instead_is_told() throws Exception {
        String url = url(Kind.POSTGRESQL);
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch running = batches.running("bat-1");
            TestPostgres.execute(url, "create rule silent as on insert to batch_engine_page do instead nothing");
            assertRefused(() -> batches.commit(work(running, 3)), "page");
            assertThat(batches.find("bat-1")).isEqualTo(running);
        }
    }
}
