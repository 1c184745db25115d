package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.ErrorCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store gets along with pools that let callers wait for ever and that look after nothing. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CarelessPoolTest {
    private static final Duration PATIENT = Duration.ofMinutes(10);

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_call_does_not_wait_for_ever_for_a_connection(boolean interruptible) throws Exception {
        try (CarelessPool pool = new CarelessPool(url, 2, interruptible);
                JdbcBatchStore store = open(pool, Duration.ofMillis(400))) {
            Connection one = pool.dataSource().getConnection();
            Connection two = pool.dataSource().getConnection();
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageContaining("no connection available within 0.")
                    .hasMessageContaining("more connections than there are such callers");
            assertThat(store.warnings()).singleElement().asString().contains("no connection available");
            one.close();
            two.close();
            new TestBatches(store).running("bat-1");
            assertThat(store.warnings()).isEmpty();
            Awaitility.await().until(() -> pool.idle() == 2); // one that came too late has gone back
        }
    }

    @Test
    void health_tells_of_a_wait_while_it_lasts_and_close_ends_it() throws Exception {
        try (CarelessPool pool = new CarelessPool(url, 1, false)) {
            JdbcBatchStore store = open(pool, PATIENT);
            Connection only = pool.dataSource().getConnection();
            CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> store.find(TestBatches.byId("bat-1")));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !store.warnings().isEmpty());
            assertThat(store.warnings()).singleElement().asString().contains("has waited for a connection for");
            assertThat(call).isNotDone();
            store.close();
            assertThat(call)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withMessageContaining("is closed");
            only.close();
            Awaitility.await().until(() -> pool.idle() == 1);
        }
    }

    @Test
    void a_store_is_not_opened_from_an_empty_pool() throws Exception {
        try (CarelessPool pool = new CarelessPool(url, 0, false)) {
            assertThatThrownBy(() -> open(pool, Duration.ofMillis(300)))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageContaining("no connection available within 0.3");
        }
    }

    @Test
    void connections_that_the_server_has_ended_cost_one_call_and_the_setting_is_named_where_none_is_left()
            throws Exception {
        try (CarelessPool pool = new CarelessPool(url, 3, true);
                JdbcBatchStore store = open(pool, Duration.ofSeconds(5))) {
            new TestBatches(store).create("bat-1");
            TestPostgres.execute(
                    url,
                    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1"))).hasMessageContaining("connection was lost");
            assertThatThrownBy(() -> store.find(TestBatches.byId("bat-1")))
                    .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                    .hasMessageContaining("all were closed")
                    .hasMessageContaining("testOnBorrow");
            assertThat(store.warnings()).anySatisfy(told -> assertThat(told).contains("testOnBorrow"));
            pool.add(url);
            for (int i = 0; i < 5; i++) {
                assertThat(new TestBatches(store).find("bat-1").id()).isEqualTo("bat-1");
            }
            assertThat(store.warnings()).isEmpty();
        }
    }

    private static JdbcBatchStore open(CarelessPool pool, Duration wait) {
        return JdbcBatchStore.builder()
                .dataSource(pool.dataSource())
                .ownerLocks(false)
                .connectTimeout(wait)
                .build();
    }
}
