package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.ErrorCode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error of the server means for its connection, and what the caller is told to do. */
class PostgresFailureTest {
    /** 25P03 and 25P04: the server closes the connection too, so it must not go back to a pool as if it were whole. */
    @ParameterizedTest
    @CsvSource({
        "25006, true, read-only now",
        "57P01, true, the connection was lost",
        "57P02, true, the connection was lost",
        "57P03, true, the connection was lost",
        "08003, true, the connection was lost",
        "08006, true, the connection was lost",
        "25P02, true, the connection was lost",
        "25P03, true, raise transaction_timeout or idle_in_transaction_session_timeout",
        "25P04, true, raise transaction_timeout or idle_in_transaction_session_timeout",
        "26000, true, add prepareThreshold=0",
        "42501, false, lacks a right",
        "42P01, false, a table of the store is missing",
        "40001, false, another transaction was in the way",
        "55P03, false, another transaction was in the way",
        "53100, false, the server has run out of room",
    })
    void the_code_decides_over_the_connection_and_the_advice(String state, boolean drops, String advice) {
        SQLException failure = new SQLException("the server's own words", state);

        PostgresFailure found = PostgresFailure.of(failure);

        assertThat(found.dropsConnection()).isEqualTo(drops);
        assertThat(found.exception("the store", failure))
                .hasFieldOrPropertyWithValue("code", ErrorCode.STORE_UNAVAILABLE)
                .hasMessageContaining(advice)
                .hasMessageContaining("the server's own words");
    }

    @Test
    void a_call_whose_transaction_stood_still_for_too_long_is_told_that() throws Exception {
        String url = TestPostgres.newDatabase();
        Faulty source = new Faulty(() -> DriverManager.getConnection(url));
        CountDownLatch stopped = new CountDownLatch(1);
        try (JdbcBatchStore store = JdbcBatchStore.builder()
                        .dataSource(source.dataSource())
                        .ownerLocks(false)
                        .idleInTransactionTimeout(Duration.ofMillis(300))
                        .build();
                Connection looking = DriverManager.getConnection(url)) {
            source.before("commit", () -> await(stopped));
            CompletableFuture<?> call = CompletableFuture.supplyAsync(() -> {
                new TestBatches(store).create("bat-1");
                return true;
            });
            Awaitility.await().alias("the transaction begins").until(() -> number(looking, "idle in transaction") > 0);
            Awaitility.await().alias("the server ends it").until(() -> number(looking, "idle in transaction") == 0);
            stopped.countDown();

            assertThat(call)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("a transaction was open for too long")
                    .withMessageContaining("idle_in_transaction_session_timeout");
            new TestBatches(store).create("bat-1");
            assertThat(store.warnings()).isEmpty();
        }
    }

    private static long number(Connection connection, String state) throws SQLException {
        try (var statement = connection.prepareStatement(
                "select count(*) from pg_stat_activity where datname = current_database() and state = ?")) {
            statement.setString(1, state);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
