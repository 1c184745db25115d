package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that the database can't keep is told as that, so that the engine can write the others without it. */
class StoreRefusedContentTest {
    private static final String BAD = "bad";

    private static final String FUNCTION = "create function refuse() returns trigger language plpgsql as $$ begin"
            + " if new.message like '%bad%' then {0}; end if; return new; end $$";
    private static final String TRIGGER =
            "create trigger refuse before insert on batch_engine_file for each row execute function refuse()";
    private static final String AT_COMMIT = "create constraint trigger refuse after insert on batch_engine_file"
            + " deferrable initially deferred for each row execute function refuse()";

    static Stream<Arguments> rulesOfPostgres() {
        return Stream.of(
                        Arguments.of(
                                "a check",
                                List.of("alter table batch_engine_file add check (message not like '%bad%')")),
                        Arguments.of(
                                "a shorter column",
                                List.of("alter table batch_engine_file alter message type varchar(2)")),
                        Arguments.of("an index of long values", List.of("create index on batch_engine_file(message)")),
                        Arguments.of(
                                "a column of the user's that is not null",
                                List.of(
                                        "alter table batch_engine_file add own text generated always as (nullif(message, 'bad')) stored"
                                                + " not null")),
                        Arguments.of(
                                "a foreign key",
                                List.of(
                                        "create table allowed(message text primary key)",
                                        "insert into allowed values ('ok')",
                                        "alter table batch_engine_file add foreign key (message) references allowed")),
                        Arguments.of(
                                "a foreign key at commit",
                                List.of(
                                        "create table allowed(message text primary key)",
                                        "insert into allowed values ('ok')",
                                        "alter table batch_engine_file add foreign key (message) references allowed"
                                                + " deferrable initially deferred")),
                        Arguments.of("a trigger", List.of(function("raise exception 'no'"), TRIGGER)),
                        Arguments.of("an assertion", List.of(function("assert false, 'no'"), TRIGGER)),
                        Arguments.of(
                                "a trigger with a code",
                                List.of(function("raise exception 'no' using errcode = '23000'"), TRIGGER)),
                        Arguments.of("a trigger at commit", List.of(function("raise exception 'no'"), AT_COMMIT)))
                .flatMap(each -> Stream.of("", "&reWriteBatchedInserts=true")
                        .map(setting -> Arguments.of(each.get()[0], each.get()[1], setting)));
    }

    private static String function(String refusal) {
        return FUNCTION.replace("{0}", refusal);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("rulesOfPostgres")
    void a_commit_that_postgresql_refuses_for_its_content_is_told_so(String name, List<String> rules, String setting)
            throws Exception {
        String url = TestPostgres.newDatabase();
        try (JdbcBatchStore store = JdbcBatchStore.open(url + setting)) {
            TestPostgres.execute(url, rules.toArray(String[]::new));
            assertRefusedAlone(store, name.contains("index") ? BAD + noise() : BAD);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create trigger refuse before insert on batch_engine_file when new.message like '%bad%'"
                        + " begin select raise(abort, 'no'); end",
                "create trigger refuse before insert on batch_engine_file when new.message like '%bad%'"
                        + " begin select raise(fail, 'no'); end",
                "create trigger refuse after insert on batch_engine_file when new.message like '%bad%'"
                        + " begin select raise(rollback, 'no'); end",
                "alter table batch_engine_file add column own text check (message not like '%bad%')",
                "alter table batch_engine_file add column own text generated always as (nullif(message, 'bad')) virtual not null"
            })
    void a_commit_that_sqlite_refuses_for_its_content_is_told_so(String rule, @TempDir Path folder) throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestPostgres.execute(url, rule);
            assertRefusedAlone(store, BAD);
        }
    }

    /** What somebody does to the tables, and what ends it. */
    static Stream<Arguments> outagesOfPostgres() {
        return Stream.of(
                Arguments.of(
                        "alter table batch_engine_file rename to elsewhere",
                        "alter table elsewhere rename to batch_engine_file"),
                Arguments.of(
                        "alter table batch_engine_file rename message to other",
                        "alter table batch_engine_file rename other to message"),
                outage("insufficient_privilege"),
                outage("lock_not_available"),
                outage("disk_full"),
                outage("out_of_memory"),
                outage("too_many_connections"),
                outage("query_canceled"),
                outage("deadlock_detected"),
                outage("serialization_failure"),
                outage("io_error"),
                outage("internal_error"),
                outage("connection_failure"),
                outage("admin_shutdown"),
                outage("object_in_use"));
    }

    private static Arguments outage(String condition) {
        return Arguments.of(
                function("raise exception 'no' using errcode = '" + condition + "'") + "; " + TRIGGER,
                "drop trigger refuse on batch_engine_file");
    }

    @ParameterizedTest
    @MethodSource("outagesOfPostgres")
    void an_outage_of_postgresql_is_never_told_as_content(String outage, String end) throws Exception {
        String url = TestPostgres.newDatabase();
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            assertOutage(store, url, outage, end);
        }
    }

    /** A lock of another is not waited for here: it takes ten seconds. */
    @ParameterizedTest
    @CsvSource({
        "alter table batch_engine_file rename message to other, alter table batch_engine_file rename other to message, STORE_CORRUPT",
        "create unique index own on batch_engine_file(number), drop index own, STORE_UNAVAILABLE"
    })
    void an_outage_of_sqlite_is_never_told_as_content(String outage, String end, ErrorCode code, @TempDir Path folder)
            throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            TestBatches batches = new TestBatches(store);
            StoredBatch seen = batches.running("bat-1");
            TestPostgres.execute(url, outage);
            if (code == ErrorCode.STORE_CORRUPT) {
                assertThat(batches.commit(two(seen))).isEqualTo(Verdict.Kind.CORRUPT);
            } else {
                assertThatThrownBy(() -> batches.commit(two(seen))).hasFieldOrPropertyWithValue("code", code);
            }
            TestPostgres.execute(url, end);
            assertThat(batches.commit(two(seen))).isEqualTo(Verdict.Kind.APPLIED);
        }
    }

    private static void assertOutage(JdbcBatchStore store, String url, String outage, String end) throws Exception {
        TestBatches batches = new TestBatches(store);
        StoredBatch seen = batches.running("bat-1");
        TestPostgres.execute(url, outage);
        assertThatThrownBy(() -> batches.commit(two(seen)))
                .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE);
        TestPostgres.execute(url, end);
        assertThat(batches.commit(two(seen))).isEqualTo(Verdict.Kind.APPLIED);
    }

    private static BatchCommit two(StoredBatch seen) {
        return TestBatches.commitOf(
                seen,
                BatchStatus.RUNNING,
                List.of(new ListedPage(0, List.of("a", "b"))),
                List.of(
                        failed(BAD),
                        SettledFile.builder()
                                .ordinal(1)
                                .outcome(FileOutcome.FAILED)
                                .attempts(1)
                                .finishedAt(TestBatches.NOON)
                                .durationMillis(5)
                                .message(BAD)
                                .build()),
                List.of());
    }

    @Test
    void characters_that_the_database_lacks_and_values_out_of_range_are_content() throws Exception {
        String url = TestPostgres.newDatabase();
        Faulty faulty = new Faulty(() -> DriverManager.getConnection(url));
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().dataSource(faulty.dataSource()).build()) {
            for (String state : List.of(
                    "22021", "22P05", "22001", "22003", "54000", "23000", "23503", "23514", "23502", "23P01", "44000",
                    "P0001", "P0004")) {
                faulty.fail("commit", new SQLException("injected", state), false);
                assertRefused(() -> new TestBatches(store).create("bat-" + state));
            }
            for (String state : List.of(
                    "23505", "40001", "40P01", "57014", "53100", "53200", "XX000", "42501", "42P01", "55P03", "58030",
                    "08006")) {
                faulty.fail("commit", new SQLException("injected", state), false);
                assertThatThrownBy(() -> new TestBatches(store).create("bat-" + state))
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).as(state).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
            }
        }
    }

    private static void assertRefusedAlone(JdbcBatchStore store, String message) {
        TestBatches batches = new TestBatches(store);
        StoredBatch seen = batches.running("bat-1");
        assertRefused(() -> batches.commit(TestBatches.commitOf(
                seen,
                BatchStatus.RUNNING,
                List.of(new ListedPage(0, List.of("a"))),
                List.of(failed(message)),
                List.of())));
        assertThat(batches.find("bat-1")).as("nothing of it is kept").isEqualTo(seen);
        assertThat(batches.commit(TestBatches.commitOf(
                        seen,
                        BatchStatus.RUNNING,
                        List.of(new ListedPage(0, List.of("a"))),
                        List.of(failed("ok")),
                        List.of())))
                .isEqualTo(Verdict.Kind.APPLIED);
    }

    private static SettledFile failed(String message) {
        return SettledFile.builder()
                .outcome(FileOutcome.FAILED)
                .attempts(1)
                .finishedAt(TestBatches.NOON)
                .durationMillis(5)
                .message(message)
                .build();
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
