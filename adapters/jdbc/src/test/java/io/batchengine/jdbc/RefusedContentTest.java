package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.StoredBatch;
import io.batchengine.spi.Verdict;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that the database can't keep is told as that, so that the engine can write the others without it. */
class RefusedContentTest {
    private static final String BAD = "bad";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alter table batch_engine_file add check (message not like '%bad%')",
                "alter table batch_engine_file alter message type varchar(2)",
                "create index on batch_engine_file(message)"
            })
    void a_commit_that_postgresql_refuses_for_its_content_is_told_so(String rule) throws Exception {
        String url = TestPostgres.newDatabase();
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestPostgres.execute(url, rule);
            String message = rule.startsWith("create index") ? BAD + noise() : BAD;
            assertRefusedAlone(store, message);
        }
    }

    @Test
    void a_commit_that_sqlite_refuses_for_its_content_is_told_so(@TempDir Path folder) throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestPostgres.execute(
                    url,
                    "create trigger refuse before insert on batch_engine_file when new.message like '%bad%'"
                            + " begin select raise(abort, 'no'); end");
            assertRefusedAlone(store, BAD);
        }
    }

    @Test
    void characters_that_the_database_lacks_and_values_out_of_range_are_content() throws Exception {
        String url = TestPostgres.newDatabase();
        Faulty faulty = new Faulty(() -> DriverManager.getConnection(url));
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().dataSource(faulty.dataSource()).build()) {
            for (String state : List.of("22021", "22P05", "22001", "22003", "54000", "23514", "23502")) {
                faulty.fail("commit", new SQLException("injected", state), false);
                assertRefused(() -> new Batches(store).create("bat-" + state));
            }
            for (String state : List.of("23505", "40001", "57014", "53100", "XX000", "42501")) {
                faulty.fail("commit", new SQLException("injected", state), false);
                assertThatThrownBy(() -> new Batches(store).create("bat-" + state))
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).as(state).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
            }
        }
    }

    private static void assertRefusedAlone(JdbcBatchStore store, String message) {
        Batches batches = new Batches(store);
        StoredBatch seen = batches.running("bat-1");
        assertRefused(() -> batches.commit(Batches.commitOf(
                seen,
                BatchStatus.RUNNING,
                List.of(new ListedPage(0, List.of("a"))),
                List.of(failed(message)),
                List.of())));
        assertThat(batches.find("bat-1")).as("nothing of it is kept").isEqualTo(seen);
        assertThat(batches.commit(Batches.commitOf(
                        seen,
                        BatchStatus.RUNNING,
                        List.of(new ListedPage(0, List.of("a"))),
                        List.of(failed("ok")),
                        List.of())))
                .isEqualTo(Verdict.Kind.APPLIED);
    }

    private static SettledFile failed(String message) {
        return new SettledFile(0, FileOutcome.FAILED, 1, Batches.NOON, 5, null, message);
    }

    private static String noise() {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(2_000, 0x4e00, 0x9fa5).forEach(text::appendCodePoint);
        return text.toString();
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTENT_REFUSED))
                .hasMessageContaining("can't keep a value")
                .satisfies(e -> assertThat(Text.describe(e)).doesNotContain("Batch entry"));
    }
}
