package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch that an engine has given up as damaged: the warning names it, where the engine does not tell of it itself. */
class DamageReasonTest {
    private static final String REASON = "a commit met damaged rows of it";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    /** As an engine does with its last write of such a batch. */
    private static void giveUp(JdbcBatchStore store) {
        TestBatches batches = new TestBatches(store);
        StoredBatch seen = batches.running("bat-1");
        BatchCommit plain = TestBatches.commitOf(seen, BatchStatus.RUNNING, List.of(), List.of(), List.of());
        BatchCommit commit = plain.toBuilder()
                .reason(StatusReason.of(StatusReason.Code.STORE_CORRUPT, REASON, TestBatches.NOON))
                .build();
        assertThat(batches.commit(commit)).isEqualTo(Verdict.Kind.APPLIED);
        store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of(commit.claim())));
    }

    private static void assertNamed(List<String> messages) {
        assertThat(messages)
                .singleElement()
                .asString()
                .contains("batch \"bat-1\"", REASON, "cancel it")
                .doesNotStartWith(REASON);
    }

    @Test
    void another_store_names_the_batch_the_reason_and_what_to_do() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            giveUp(store);
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThat(new TestBatches(store).claim("one")).isEmpty();
            assertNamed(store.warnings());
            assertNamed(store.damage());
        }
    }

    @Test
    void the_store_does_not_repeat_what_its_engine_tells_until_another_engine_comes() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            giveUp(store);
            assertThat(new TestBatches(store).claim("one")).isEmpty();
            assertThat(store.warnings()).isEmpty();
            assertNamed(store.damage());
            assertThat(new TestBatches(store).claim("two")).isEmpty();
            assertNamed(store.warnings());
            store.requestCancel(TestBatches.byId("bat-1"));
        }
    }

    @Test
    void what_a_call_met_is_told_without_the_name_of_a_class() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            new TestBatches(store).running("bat-1");
        }
        TestPostgres.execute("jdbc:sqlite:" + file(), "update batch_engine_batch set version = version + 1");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1"))).hasMessageContaining("the row of batch");
            assertThat(store.warnings()).singleElement().asString().startsWith("the row of batch \"bat-1\" is damaged");
        }
    }
}
