package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server will give no connection however often it is asked: calls say why, and do not wait for it each time. */
class PostgresGoneTest {
    private static final Duration WAIT = Duration.ofSeconds(2);

    /** What somebody does to the database or the role of an open store, and how it is undone. */
    enum Deed {
        DATABASE_DROPPED("drop database DB with (force)", "create database DB", "does not exist any more", "DB"),
        DATABASE_RENAMED(
                "alter database DB rename to DB_away",
                "alter database DB_away rename to DB",
                "does not exist any more",
                "DB") {
            @Override
            void change(PostgresGoneTest test, boolean isDone) {
                // Not while it is in use, and a pool opens connections as soon as it may.
                Awaitility.await().ignoreExceptions().until(() -> {
                    test.cut();
                    super.change(test, isDone);
                    return true;
                });
            }
        },
        ROLE_WITHOUT_LOGIN("alter role ROLE nologin", "alter role ROLE login", "does not let this user in", "ROLE"),
        ROLE_RENAMED(
                "alter role ROLE rename to ROLE_away",
                "alter role ROLE_away rename to ROLE",
                "does not let this user in",
                "ROLE"),
        NO_RIGHT_TO_CONNECT(
                "revoke connect on database DB from public, ROLE",
                "grant connect on database DB to ROLE",
                "lacks a right",
                "DB"),
        PASSWORD_CHANGED(
                "alter role ROLE password 'another'",
                "alter role ROLE password 'secret'",
                "does not let this user in",
                "ROLE") {
            @Override
            String login() {
                return "scram-sha-256";
            }
        },
        ADDRESS_REFUSED("", "", "does not let this user in", "pg_hba.conf rejects connection") {
            @Override
            void change(PostgresGoneTest test, boolean isDone) throws Exception {
                test.letIn(isDone ? "reject" : "trust");
            }
        };

        private final String done;
        private final String undone;
        private final String told;
        private final String named;

        Deed(String done, String undone, String told, String named) {
            this.done = done;
            this.undone = undone;
            this.told = told;
            this.named = named;
        }

        void change(PostgresGoneTest test, boolean isDone) throws Exception {
            TestPostgres.execute(test.admin, test.said(isDone ? done : undone));
        }

        /** How the server knows the role. */
        String login() {
            return "trust";
        }
    }

    private final String owner;
    private final String admin;
    private final String database;
    private final String role;

    PostgresGoneTest() throws SQLException {
        String url = TestPostgres.newDatabase();
        database = url.replaceAll(".*/([^?]*)\\?.*", "$1");
        role = "role_" + database;
        admin = url.replace("/" + database, "/postgres");
        TestPostgres.execute(
                admin,
                "create role " + role + " login password 'secret'",
                "alter database " + database + " owner to " + role);
        owner = url.replace("user=postgres", "user=" + role + "&password=secret");
    }

    private String said(String sql) {
        return sql.replace("DB", database).replace("ROLE", role);
    }

    private void cut() throws SQLException {
        TestPostgres.execute(
                admin, "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + database + "'");
    }

    /** How the server lets the role in from now on. */
    private void letIn(String method) throws Exception {
        Path rules;
        try (Connection connection = DriverManager.getConnection(admin);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("show hba_file")) {
            rows.next();
            rules = Path.of(rows.getString(1));
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(rules));
        lines.removeIf(line -> line.startsWith("host all " + role + " "));
        lines.add(0, "host all " + role + " all " + method);
        Files.write(rules, lines);
        TestPostgres.execute(admin, "select pg_reload_conf()");
        Awaitility.await().until(() -> isLetIn() != method.equals("reject")); // the server takes it up by itself
    }

    private boolean isLetIn() {
        try (Connection connection = DriverManager.getConnection(owner)) {
            return connection != null;
        } catch (SQLException refused) {
            return false;
        }
    }

    private void run(Deed deed, JdbcBatchStore store) throws Exception {
        TestBatches batches = new TestBatches(store);
        batches.create("bat-1");
        deed.change(this, true);
        cut();
        assertUnavailable(() -> batches.create("bat-2"));
        assertUnavailable(() -> batches.claim("one"));
        long began = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            assertUnavailable(() -> batches.create("bat-2"))
                    .hasMessageContaining(deed.told)
                    .hasMessageContaining(said(deed.named));
            assertUnavailable(() -> batches.find("bat-1")).hasMessageContaining(deed.told);
            assertUnavailable(() -> batches.claim("one")).hasMessageContaining(deed.told);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(WAIT);
        assertThat(store.warnings()).anyMatch(each -> each.contains(deed.told));
        deed.change(this, false);
        if (deed != Deed.DATABASE_DROPPED) {
            batches.create("bat-3");
            assertThat(batches.claim("one")).hasSize(2);
            assertThat(store.warnings()).noneMatch(each -> each.contains(deed.told));
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertUnavailable(ThrowingCallable call) {
        return assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE));
    }

    @ParameterizedTest
    @EnumSource
    void a_store_by_url_says_so_at_once(Deed deed) throws Exception {
        letIn(deed.login());
        try (JdbcBatchStore store =
                JdbcBatchStore.builder().url(owner).connectTimeout(WAIT).build()) {
            run(deed, store);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_store_of_a_pool_says_so_at_once(Deed deed) throws Exception {
        letIn(deed.login());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(owner);
        config.setConnectionTimeout(WAIT.toMillis());
        config.setMaximumPoolSize(3);
        try (HikariDataSource pool = new HikariDataSource(config);
                JdbcBatchStore store = JdbcBatchStore.builder().dataSource(pool).build()) {
            run(deed, store);
        }
    }

    @Test
    void connections_that_are_open_are_used_on() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.open(owner)) {
            new TestBatches(store).create("bat-1");
            TestPostgres.execute(admin, said(Deed.ROLE_WITHOUT_LOGIN.done));
            new TestBatches(store).create("bat-2");
            assertThat(new TestBatches(store).claim("one")).hasSize(2);
        }
    }
}
