package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store will need is looked at when it is opened, and its lack is told with the way out: which, run as it is told, lets it open. */
class PostgresOpeningTest {
    private static final AtomicInteger COUNT = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private String owner;

    private String user = "";

    @BeforeEach
    void makeDatabase() throws SQLException {
        owner = TestPostgres.newDatabase();
        user = "clerk_" + COUNT.incrementAndGet();
        TestPostgres.execute(owner, "create role " + user + " login");
    }

    @ParameterizedTest
    @CsvSource({
        "file, insert",
        "file, delete",
        "batch, update",
        "owner, insert",
        "success, insert",
        "page, select",
        "delayed, delete",
        "snapshot, insert",
        "meta, select"
    })
    void a_right_that_is_missing_on_one_table_is_told_with_its_grant(String table, String right) throws Exception {
        JdbcBatchStore.open(owner).close();
        grantAll();
        JdbcBatchStore.open(clerk()).close();
        TestPostgres.execute(owner, "revoke " + right + " on batch_engine_" + table + " from " + user);
        String message = refused(builder());
        assertThat(message)
                .contains("grant " + right + " on public.batch_engine_" + table + " to " + user)
                .doesNotContain("when the database does");
        runWhatItSays(message);
        try (JdbcBatchStore store = JdbcBatchStore.open(clerk())) {
            new TestBatches(store).running("bat-1");
        }
    }

    @Test
    void stores_that_are_closed_at_once_leave_no_connection() throws Exception {
        for (int i = 0; i < 10; i++) {
            JdbcBatchStore.open(owner).close();
        }
        Awaitility.await()
                .until(() -> TestPostgres.number(
                                owner,
                                "select count(*) from pg_stat_activity where datname = current_database()"
                                        + " and pid <> pg_backend_pid()")
                        == 0);
    }

    @Test
    void locks_that_the_user_may_not_take_are_told_at_opening() throws Exception {
        JdbcBatchStore.open(owner).close();
        grantAll();
        TestPostgres.execute(owner, "revoke execute on function pg_try_advisory_lock(bigint) from public");
        assertThat(refused(builder()))
                .contains("run: grant execute on function pg_try_advisory_lock(bigint) to " + user)
                .doesNotContain("was cut");
        TestPostgres.execute(owner, "grant execute on function pg_try_advisory_lock(bigint) to " + user);
        JdbcBatchStore.open(clerk()).close();
    }

    @Test
    void row_level_security_that_hides_rows_is_told_as_that_and_not_as_damage() throws Exception {
        JdbcBatchStore.open(owner).close();
        grantAll();
        TestPostgres.execute(owner, "alter table batch_engine_batch enable row level security");
        assertThat(refused(builder()))
                .contains(
                        "row level security hides rows of public.batch_engine_batch",
                        "alter user " + user + " bypassrls");
        TestPostgres.execute(owner, "alter user " + user + " bypassrls");
        JdbcBatchStore.open(clerk()).close();
        TestPostgres.execute(owner, "alter user " + user + " nobypassrls");
    }

    @Test
    void settings_of_the_database_do_not_hold_for_the_transactions_of_a_store() throws Exception {
        String database = TestPostgres.newDatabase();
        String name = database.substring(database.lastIndexOf('/') + 1).replaceAll("\\?.*", "");
        boolean knowsTransactionTimeout =
                TestPostgres.number(database, "select count(*) from pg_settings where name = 'transaction_timeout'")
                        > 0;
        TestPostgres.execute(
                database,
                "alter database " + name + " set synchronous_commit = off",
                "alter database " + name + " set statement_timeout = '123s'",
                knowsTransactionTimeout ? "alter database " + name + " set transaction_timeout = '1s'" : "select 1");
        JdbcBatchStore.open(database).close();
        TestPostgres.execute(
                database,
                "create table seen(setting text, value text)",
                "create function see() returns trigger language plpgsql as $$ begin"
                        + " insert into seen select name, setting from pg_settings where name in"
                        + " ('synchronous_commit', 'statement_timeout', 'transaction_timeout'); return new; end $$",
                "create trigger see before insert on batch_engine_batch for each row execute function see()");
        for (boolean ownerLocks : new boolean[] {true, false}) {
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .url(database)
                    .ownerLocks(ownerLocks)
                    .build()) {
                new TestBatches(store).create("bat-" + ownerLocks);
            }
        }
        assertThat(TestPostgres.number(
                        database, "select count(*) from seen where (setting, value) = ('synchronous_commit', 'on')"))
                .isEqualTo(2);
        assertThat(TestPostgres.number(
                        database, "select count(*) from seen where (setting, value) = ('statement_timeout', '30000')"))
                .isEqualTo(2);
        assertThat(TestPostgres.number(
                        database, "select count(*) from seen where (setting, value) = ('transaction_timeout', '0')"))
                .isEqualTo(knowsTransactionTimeout ? 2 : 0);
    }

    @Test
    void a_reader_needs_to_read_and_no_more() throws Exception {
        JdbcBatchStore.open(owner).close();
        assertThat(refused(builder().readOnly(true))).contains("grant select on");
        TestPostgres.execute(owner, "grant select on all tables in schema public to " + user);
        builder().readOnly(true).build().close();
        assertThat(refused(builder())).contains("grant delete, insert, update on");
    }

    @Test
    void who_may_not_make_tables_is_told_so() throws Exception {
        TestPostgres.execute(owner, "revoke create on schema public from public");
        String message = refused(builder());
        assertThat(message).contains("grant create on schema public to " + user).contains("postgresql-1.sql");
        runWhatItSays(message);
        JdbcBatchStore.open(clerk()).close();
    }

    @Test
    void a_schema_that_is_not_there_or_not_to_be_used_is_told() throws Exception {
        String url = clerk() + "&currentSchema=jobs";
        assertThat(refused(JdbcBatchStore.builder().url(url)))
                .contains("names no schema that exists")
                .contains("authorization " + user);
        TestPostgres.execute(owner, "create schema jobs");
        JdbcBatchStore.open(owner + "&currentSchema=jobs").close();
        String message = refused(JdbcBatchStore.builder().url(url));
        assertThat(message).contains("grant usage on schema jobs to " + user);
        runWhatItSays(message);
        runWhatItSays(refused(JdbcBatchStore.builder().url(url)));
        JdbcBatchStore.open(url).close();
        assertThat(refused(builder().createSchema(false)))
                .contains("in the schema jobs")
                .contains("currentSchema=jobs");
    }

    @Test
    void a_table_that_is_gone_is_told() throws Exception {
        JdbcBatchStore.open(owner).close();
        TestPostgres.execute(owner, "drop table batch_engine_delayed");
        assertThat(refused(JdbcBatchStore.builder().url(owner))).contains("batch_engine_delayed are missing");
    }

    @Test
    void a_user_of_whom_all_transactions_are_read_only_may_read() throws Exception {
        JdbcBatchStore.open(owner).close();
        grantAll();
        TestPostgres.execute(owner, "alter role " + user + " set default_transaction_read_only = on");
        assertThat(refused(builder())).contains("default_transaction_read_only is on");
        builder().readOnly(true).build().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII", "EUC_JP"})
    void a_database_that_can_not_keep_every_text_is_refused(String encoding) throws Exception {
        String name = "encoded_" + COUNT.incrementAndGet();
        TestPostgres.execute(
                owner, "create database " + name + " encoding '" + encoding + "' locale 'C' template template0");
        String url = owner.replaceAll("/[^/?]*\\?", "/" + name + "?");
        assertThat(refused(JdbcBatchStore.builder().url(url)))
                .contains(encoding)
                .contains("create database NAME encoding 'UTF8'");
        assertThat(TestPostgres.number(url, "select count(*) from pg_class where relname like 'batch_engine%'"))
                .as("nothing was made")
                .isZero();
    }

    @Test
    void a_right_that_is_taken_away_later_is_told_as_that() throws Exception {
        JdbcBatchStore.open(owner).close();
        grantAll();
        try (JdbcBatchStore store = JdbcBatchStore.open(clerk())) {
            TestPostgres.execute(owner, "revoke insert on batch_engine_batch from " + user);
            assertThatThrownBy(() -> new TestBatches(store).create("bat-1"))
                    .hasMessageContaining("lacks a right")
                    .hasMessageContaining("grant");
        }
    }

    @Test
    void a_server_without_data_checksums_is_noted_and_degrades_nothing() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(owner)) {
            assertThat(store.notes()).noneMatch(note -> note.contains("checksums"));
        }
        DataSource without = saying("current_setting('data_checksums', true)", "'off'");
        try (JdbcBatchStore store = JdbcBatchStore.builder().dataSource(without).build()) {
            assertThat(store.notes().stream().filter(note -> note.contains("checksums")))
                    .singleElement()
                    .asString()
                    .contains("checksums")
                    .contains("pg_checksums --enable");
            assertThat(store.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "full_page_writes"})
    void a_server_that_a_power_cut_may_damage_is_noted_and_degrades_nothing(String setting) throws Exception {
        DataSource safe = saying("current_setting('fsync')", "'on'");
        try (JdbcBatchStore store = JdbcBatchStore.builder().dataSource(safe).build()) {
            assertThat(store.notes()).noneMatch(note -> note.contains("=off"));
        }
        DataSource unsafe = saying("current_setting('" + setting + "')", "'off'");
        try (JdbcBatchStore store = JdbcBatchStore.builder().dataSource(unsafe).build()) {
            assertThat(store.notes().stream().filter(note -> note.contains("=off")))
                    .singleElement()
                    .asString()
                    .contains("the server runs with " + setting + "=off")
                    .contains("switch it on");
            assertThat(store.warnings()).isEmpty();
        }
    }

    /** The driver's connections, except that they answer for a server with other settings, which the test's server can't be given. */
    private DataSource saying(String asks, String answered) {
        return proxy(DataSource.class, (self, method, args) -> {
            Connection connection = DriverManager.getConnection(owner);
            return proxy(Connection.class, (own, called, values) -> {
                Object answer = call(connection, called, values);
                return answer instanceof Statement statement && called.getName().equals("createStatement")
                        ? proxy(
                                Statement.class,
                                (its, asked, texts) -> call(statement, asked, changed(texts, asks, answered)))
                        : answer;
            });
        });
    }

    private static Object @Nullable [] changed(Object @Nullable [] texts, String asks, String answer) {
        return texts == null || !(texts[0] instanceof String sql)
                ? texts
                : new Object[] {sql.replace(asks, answer).replace("current_setting('fsync')", "'on'")};
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(PostgresOpeningTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private void grantAll() throws SQLException {
        TestPostgres.execute(owner, "grant select, insert, update, delete on all tables in schema public to " + user);
    }

    /** The statements that a message says to run. */
    private void runWhatItSays(String message) throws SQLException {
        String statement = message.replaceAll(".*run: (grant [^;(]*).*", "$1").strip();
        TestPostgres.execute(owner, statement);
    }

    private JdbcBatchStoreBuilder builder() {
        return JdbcBatchStore.builder().url(clerk());
    }

    private String clerk() {
        return owner.replace("user=postgres", "user=" + user);
    }

    private static String refused(JdbcBatchStoreBuilder builder) {
        BatchEngineException[] told = new BatchEngineException[1];
        assertThatThrownBy(builder::build).isInstanceOfSatisfying(BatchEngineException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE);
            told[0] = e;
        });
        return Text.describe(told[0]);
    }
}
