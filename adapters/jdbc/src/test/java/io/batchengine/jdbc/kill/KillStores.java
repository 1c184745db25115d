package io.batchengine.jdbc.kill;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.jdbc.JdbcBatchStoreBuilder;
import io.batchengine.spi.store.BatchStore;
import java.util.SplittableRandom;

/** The store of a child. */
final class KillStores {
    private KillStores() {}

    static BatchStore open(ChildOptions options, Pipe pipe) {
        if (options.store().equals(ChildOptions.IN_MEMORY)) {
            return new InMemoryBatchStore();
        }
        return switch (options.mode()) {
            case PLAIN, BACKS_UP -> byUrl(options);
            case TRACED -> new OneWriteAtATime(byUrl(options), pipe);
            case STOPS_IN_TRANSACTION -> stopping(options);
        };
    }

    private static BatchStore byUrl(ChildOptions options) {
        return withoutAlarm(builder(options).url(options.store()).build());
    }

    /** Whenever a process is killed: its log is there, and nothing is to be told of it. */
    static BatchStore withoutAlarm(BatchStore store) {
        for (String note : store.notes()) {
            if (note.contains("its log")) {
                store.close();
                throw new IllegalStateException("a false alarm: " + note);
            }
        }
        return store;
    }

    private static BatchStore stopping(ChildOptions options) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(options.store());
        config.setMaximumPoolSize(8);
        int transaction = new SplittableRandom(options.seed()).nextInt(1, 12);
        return builder(options)
                .dataSource(StoppingDataSource.of(new HikariDataSource(config), transaction))
                .build();
    }

    /** A transaction must not stay open for longer than a lease: the default is made for leases of the usual length. */
    private static JdbcBatchStoreBuilder builder(ChildOptions options) {
        JdbcBatchStoreBuilder builder = JdbcBatchStore.builder();
        return options.store().startsWith("jdbc:postgresql:")
                ? builder.idleInTransactionTimeout(options.lease().dividedBy(3))
                : builder;
    }
}
