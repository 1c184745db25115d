package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.function.Consumer;

/** Pools as applications have them. */
final class TestPool {
    private TestPool() {}

    static HikariDataSource of(String url, int size) {
        return of(url, size, config -> {});
    }

    static HikariDataSource of(String url, int size, Consumer<HikariConfig> settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(Duration.ofSeconds(2).toMillis());
        settings.accept(config);
        return new HikariDataSource(config);
    }
}
