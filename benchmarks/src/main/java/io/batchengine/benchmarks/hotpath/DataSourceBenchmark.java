package io.batchengine.benchmarks.hotpath;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.jdbc.JdbcBatchStoreBuilder;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.StoredBatch;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a store by data source costs above one by url: its calls run on other threads than their callers', so that no transaction of a caller
 * is met. A call that reads one batch by its id.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DataSourceBenchmark {
    /** Which database. */
    @Param({"sqlite", "postgresql"})
    public String database = "";

    /** How the store is opened. */
    @Param({"url", "data-source"})
    public String opened = "";

    private Path folder;
    private @Nullable EmbeddedPostgres server;
    private HikariDataSource pool;
    private JdbcBatchStore store;

    /**
     * Opens a new database.
     *
     * @throws IOException if there can be none
     */
    @Setup(Level.Trial)
    public void start() throws IOException {
        folder = Files.createTempDirectory("data-source-");
        String url;
        if (database.equals("sqlite")) {
            url = "jdbc:sqlite:" + folder.resolve("batches.db");
        } else {
            server = EmbeddedPostgres.start();
            url = server.getJdbcUrl("postgres", "postgres");
        }
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        pool = new HikariDataSource(config);
        JdbcBatchStoreBuilder builder = JdbcBatchStore.builder();
        store = (opened.equals("url") ? builder.url(url) : builder.dataSource(pool)).build();
    }

    /**
     * Takes it away.
     *
     * @throws IOException if it can't be
     */
    @TearDown(Level.Trial)
    public void stop() throws IOException {
        store.close();
        pool.close();
        if (server != null) {
            server.close();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /**
     * One call.
     *
     * @return empty
     */
    @Benchmark
    public Optional<StoredBatch> find() {
        return store.find(new BatchKey.ById("prj-a", "bat-none"));
    }
}
