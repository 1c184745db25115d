package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.spi.BatchStore;

/** A database whose stores survive the death of the processes that use them. */
interface Database extends AutoCloseable {
    /** The name by which reports count. */
    String name();

    /** How to start the children that use it. */
    ChildJvm jvm();

    /**
     * A new, empty store.
     *
     * @return its JDBC url
     */
    String newStore();

    /** Opens a store in this process, while no child has it. */
    default BatchStore open(String url) {
        return Stores.withoutAlarm(JdbcBatchStore.open(url));
    }

    /** Removes a store that is not needed any more. */
    void drop(String url);

    @Override
    void close();
}
