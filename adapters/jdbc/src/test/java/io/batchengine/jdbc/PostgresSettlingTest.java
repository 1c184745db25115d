package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settled files are copied, which fails at a row that is there: what follows then, and what follows where nothing can be copied. */
class PostgresSettlingTest {
    private static final int FILES = 5_000;
    private static final String LONG_MESSAGE = "\u00fc\ud83d\ude00\u0000".repeat(2_000);

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @Test
    void repeated_ends_among_thousands_cost_no_other() {
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            settleTwice(new Batches(store));
        }
    }

    @Test
    void connections_that_hide_their_driver_are_written_to_as_well() {
        DataSource hiding = proxy(DataSource.class, (method, args) -> hiding(DriverManager.getConnection(url)));
        try (JdbcBatchStore store = JdbcBatchStore.builder().dataSource(hiding).build()) {
            settleTwice(new Batches(store));
        }
    }

    private static void settleTwice(Batches batches) {
        batches.running("bat-1");
        List<String> ids =
                IntStream.range(0, FILES).mapToObj("dfl-%08d"::formatted).toList();
        List<SettledFile> first = LongStream.range(0, FILES)
                .filter(ordinal -> ordinal % 3 == 0)
                .mapToObj(ordinal -> new SettledFile(
                        ordinal,
                        FileOutcome.FAILED,
                        7,
                        Batches.NOON.plusSeconds(ordinal),
                        9,
                        "tst-own-" + ordinal,
                        LONG_MESSAGE))
                .toList();
        commit(batches, List.of(new ListedPage(0, ids)), first);
        List<SettledFile> second = LongStream.range(0, FILES)
                .map(ordinal -> FILES - 1 - ordinal) // in any order
                .mapToObj(Batches::succeeded)
                .toList();
        commit(batches, List.of(), second);
        List<FileRecord> files = batches.files("bat-1");
        assertThat(files).hasSize(FILES);
        for (FileRecord file : files) {
            long ordinal = file.ordinal();
            assertThat(file.settled())
                    .isEqualTo(ordinal % 3 == 0 ? first.get((int) ordinal / 3) : Batches.succeeded(ordinal));
        }
    }

    private static void commit(Batches batches, List<ListedPage> pages, List<SettledFile> settled) {
        assertThat(batches.commit(
                        Batches.commitOf(batches.find("bat-1"), BatchStatus.RUNNING, pages, settled, List.of())))
                .isEqualTo(Verdict.Kind.APPLIED);
    }

    private static Connection hiding(Connection connection) {
        return proxy(Connection.class, (method, args) -> {
            if (method.getName().equals("isWrapperFor")) {
                return false;
            }
            try {
                return method.invoke(connection, args);
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        });
    }

    private interface Call {
        @Nullable
        Object run(Method method, Object @Nullable [] args) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                PostgresSettlingTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, args) -> call.run(method, args)));
    }
}
