package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.store.BatchStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind PgBouncer: needs it installed, skipped elsewhere. */
class PgBouncerTest {
    private static final int ENGINES = 3;
    private static final int BATCHES = 30;
    private static final int FILES = 20;
    private static final String LOCKS =
            "select count(*) from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock'";

    private final Map<String, AtomicInteger> runs = new ConcurrentHashMap<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transaction", // as it comes
                "transaction server_round_robin=1",
                "transaction default_pool_size=2",
                "transaction server_lifetime=1",
                "session"
            })
    void engines_with_the_default_settings_run_every_file_once(String mode, @TempDir Path inbox) throws Exception {
        String server = TestPostgres.newDatabase();
        for (int i = 0; i < FILES; i++) {
            Files.createFile(inbox.resolve(Text.format("file-%02d", i)));
        }
        String[] settings = mode.split(" ", -1);
        try (PgBouncer pooler =
                PgBouncer.start(server, settings[0], settings.length > 1 ? settings[1] : "server_lifetime = 3600")) {
            String url = pooler.url(server);
            List<BatchEngine> engines = new ArrayList<>();
            List<BatchStore> stores = new ArrayList<>();
            try {
                for (int i = 0; i < ENGINES; i++) {
                    // Each opening meets a pooler that the engines before keep busy.
                    JdbcBatchStore store =
                            JdbcBatchStore.builder().url(url).poolSize(4).build();
                    stores.add(store);
                    engines.add(engine(inbox, store));
                }
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < BATCHES; i++) {
                    var batches = engines.get(i % ENGINES).batches();
                    ids.add(batches.create("dir-inbox", TestBatches.TYPE, "cfg-a")
                            .id());
                }
                for (String id : ids) {
                    assertThat(engines.get(0)
                                    .batches()
                                    .await(id, Duration.ofMinutes(1))
                                    .status())
                            .isEqualTo(BatchStatus.COMPLETED);
                }
                assertThat(engines)
                        .allSatisfy(engine ->
                                assertThat(engine.health().refusedWrites()).isZero());
                assertThat(engines)
                        .allSatisfy(
                                engine -> assertThat(engine.health().problems()).isEmpty());
                assertThat(TestPostgres.number(server, LOCKS)).isEqualTo(settings[0].equals("session") ? ENGINES : 0);
            } finally {
                engines.forEach(BatchEngine::close);
                stores.forEach(BatchStore::close);
            }
        }
        assertThat(runs).hasSize(BATCHES * FILES);
        assertThat(runs.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    }

    @Test
    void a_setting_of_the_store_does_not_reach_others_by_a_shared_session() throws Exception {
        String server = TestPostgres.newDatabase();
        try (PgBouncer pooler = PgBouncer.start(server, "transaction", "default_pool_size = 2")) {
            String url = pooler.url(server);
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .url(url)
                    .lockTimeout(Duration.ofMillis(1_234))
                    .build()) {
                for (int i = 0; i < 20; i++) {
                    new TestBatches(store).create("bat-" + i);
                    new TestBatches(store).find("bat-" + i);
                }
                try (Connection one = connect(url);
                        Connection two = connect(url)) {
                    one.setAutoCommit(false);
                    two.setAutoCommit(false);
                    assertThat(lockTimeout(one)).isEqualTo("0");
                    assertThat(lockTimeout(two)).isEqualTo("0");
                }
            }
        }
    }

    @Test
    void the_callers_pool_before_it_is_served_and_goes_back_as_it_was() throws Exception {
        String server = TestPostgres.newDatabase();
        try (PgBouncer pooler = PgBouncer.start(server, "transaction", "default_pool_size = 3");
                HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(pooler.url(server));
            pool.setMaximumPoolSize(5);
            pool.addDataSourceProperty("prepareThreshold", "1"); // a statement is named at its first run
            try (JdbcBatchStore store =
                    JdbcBatchStore.builder().dataSource(pool).build()) {
                // At a time, so that the calls of one connection meet sessions that others have used.
                atATime(80, i -> {
                    new TestBatches(store).create("bat-" + i);
                    assertThat(new TestBatches(store).find("bat-" + i).id()).isEqualTo("bat-" + i);
                });
                assertThat(new TestBatches(store).claim("one")).hasSize(9);
            }
            try (Connection back = pool.getConnection()) {
                assertThat(back.unwrap(org.postgresql.PGConnection.class).getPrepareThreshold())
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void a_source_of_its_own_for_the_locks_keeps_them_beside_the_pooler() throws Exception {
        String server = TestPostgres.newDatabase();
        try (PgBouncer pooler = PgBouncer.start(server, "transaction");
                HikariDataSource pool = new HikariDataSource();
                HikariDataSource direct = new HikariDataSource()) {
            pool.setJdbcUrl(pooler.url(server));
            direct.setJdbcUrl(server);
            try (JdbcBatchStore store = JdbcBatchStore.builder()
                    .dataSource(pool)
                    .ownerLockSource(direct)
                    .build()) {
                new TestBatches(store).running("bat-1");
                assertThat(TestPostgres.number(server, LOCKS)).isEqualTo(1);
            }
        }
    }

    @Test
    void in_session_mode_a_killed_engine_loses_its_batches_at_once() throws Exception {
        String server = TestPostgres.newDatabase();
        try (PgBouncer pooler = PgBouncer.start(server, "session")) {
            String url = pooler.url(server);
            try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
                TestBatches batches = new TestBatches(store);
                batches.create("bat-1");
                try (ChildStore child = ChildStore.start(url)) {
                    assertThat(child.told()).isEqualTo("claimed 1");
                    assertThat(batches.claim("two")).isEmpty();
                    child.kill();
                    Awaitility.await()
                            .atMost(Duration.ofSeconds(10))
                            .until(() -> !batches.claim("two").isEmpty());
                }
            }
        }
    }

    @Test
    void statement_mode_is_refused_at_opening() throws Exception {
        String server = TestPostgres.newDatabase();
        try (PgBouncer pooler = PgBouncer.start(server, "statement")) {
            assertThatThrownBy(() -> JdbcBatchStore.open(pooler.url(server)))
                    .hasMessageContaining("begin a transaction")
                    .hasMessageContaining("pool_mode");
        }
    }

    private static void atATime(int calls, IntConsumer call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> under = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                int number = i;
                under.add(threads.submit(() -> call.accept(number)));
            }
            for (Future<?> one : under) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private BatchEngine engine(Path inbox, BatchStore store) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> {
                    runs.computeIfAbsent(job.proposedJobId(), id -> new AtomicInteger())
                            .incrementAndGet();
                    return Outcome.succeeded();
                }))
                .store(store)
                .build();
    }

    private static Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    private static String lockTimeout(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("show lock_timeout")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
