package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.batchengine.model.BatchEngineException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that wait for the same connection share a transaction and its sync, and nothing else. */
class GroupCommitTest {
    private static final int WRITES = 6;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Faulty faulty;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        String url = "jdbc:sqlite:" + folder.resolve("group.db");
        faulty = new Faulty(() -> DriverManager.getConnection(url));
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void those_that_wait_go_together_and_who_fails_is_undone_alone() throws Exception {
        try (Connection connection = faulty.dataSource().getConnection()) {
            Session session = new Session(connection);
            session.execute("create table t(k integer primary key)");
            GroupCommit commits = new GroupCommit(session, new SqliteCondition("the test"));
            faulty.executed.clear();
            List<Future<Integer>> writes = writeTogether(commits);
            for (int i = 0; i < WRITES; i++) {
                Future<Integer> write = writes.get(i);
                if (i == 2) {
                    assertThatThrownBy(write::get).hasRootCauseInstanceOf(SQLException.class);
                    assertThatThrownBy(write::get).hasCauseInstanceOf(BatchEngineException.class);
                } else if (i == 3) {
                    assertThatThrownBy(write::get).hasRootCauseMessage("half way");
                } else {
                    assertThat(write.get()).isEqualTo(i);
                }
            }
            assertThat(faulty.executed.stream().filter("commit"::equals)).hasSize(2);
            assertThat(keys(session)).containsExactly(0L, 1L, 4L, 5L);
        }
    }

    @Test
    void where_the_common_commit_fails_all_fail() throws Exception {
        try (Connection connection = faulty.dataSource().getConnection()) {
            Session session = new Session(connection);
            session.execute("create table t(k integer primary key)");
            GroupCommit commits = new GroupCommit(session, new SqliteCondition("the test"));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            List<Future<Integer>> writes = queued(commits, begun, goOn, i -> i);
            faulty.fail("release one_of_group", new SQLException("injected", null, 5), true);
            goOn.countDown();
            assertThat(writes.get(0).get()).isZero();
            for (Future<Integer> write : writes.subList(1, WRITES)) {
                assertThatThrownBy(write::get).hasRootCauseMessage("injected");
            }
            assertThat(keys(session)).containsExactly(0L);
            assertThat(commits.write(insert(7))).isEqualTo(7);
        }
    }

    @Test
    void where_the_database_has_undone_all_each_is_told_what_failed_first() throws Exception {
        try (Connection connection = faulty.dataSource().getConnection()) {
            Session session = new Session(connection);
            session.execute("create table t(k integer primary key)");
            GroupCommit commits = new GroupCommit(session, new SqliteCondition("the test"));
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            List<Future<Integer>> writes = queued(commits, begun, goOn, i -> i == 2 ? 0 : i);
            faulty.fail("rollback to one_of_group", new SQLException("no such savepoint"), true);
            goOn.countDown();
            assertThat(writes.get(0).get()).isZero();
            for (Future<Integer> write : writes.subList(1, WRITES)) {
                assertThatThrownBy(write::get).rootCause().hasMessageContaining("UNIQUE");
            }
            assertThat(keys(session)).containsExactly(0L);
        }
    }

    @Test
    void a_write_behind_the_close_touches_the_connection_no_more() {
        JdbcBatchStore store =
                JdbcBatchStore.builder().dataSource(faulty.dataSource()).build();
        store.close();
        faulty.executed.clear();
        assertThatThrownBy(() -> new TestBatches(store).create("bat-1")).hasMessageContaining("is closed");
        assertThat(faulty.executed).isEmpty();
    }

    private List<Future<Integer>> writeTogether(GroupCommit commits) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Future<Integer>> writes = queued(commits, begun, goOn, i -> i == 2 ? 0 : i);
        goOn.countDown();
        return writes;
    }

    private interface Key {
        int of(int write);
    }

    /** One write that holds the connection, and others behind it; the fourth fails behind its insert. */
    private List<Future<Integer>> queued(GroupCommit commits, CountDownLatch begun, CountDownLatch goOn, Key key)
            throws Exception {
        List<Future<Integer>> writes = new ArrayList<>();
        for (int i = 0; i < WRITES; i++) {
            int write = i;
            writes.add(threads.submit(() -> commits.write(session -> {
                session.update("insert into t values (?)", args -> args.number(key.of(write)));
                if (write == 0) {
                    begun.countDown();
                    awaitQuietly(goOn);
                }
                if (write == 3) {
                    throw new IllegalStateException("half way");
                }
                return write;
            })));
            if (write == 0) {
                begun.await();
            } else {
                await().until(() -> commits.waiting() == write);
            }
        }
        return writes;
    }

    private static Database.Work<Integer> insert(int key) {
        return on -> {
            on.update("insert into t values (?)", args -> args.number(key));
            return key;
        };
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Long> keys(Session session) throws SQLException {
        return session.query("select k from t order by k", Session.NOTHING, ResultRow::number);
    }
}
