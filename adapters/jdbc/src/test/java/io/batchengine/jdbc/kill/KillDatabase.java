package io.batchengine.jdbc.kill;

import io.batchengine.jdbc.JdbcBatchStore;
import io.batchengine.spi.store.BatchStore;
import java.util.List;

/** A database whose stores survive the crash of the processes that use them. */
interface KillDatabase extends AutoCloseable {
    /** The name by which reports count. */
    String name();

    /** How to start the children that use it. */
    KillChildJvm jvm();

    /**
     * A new, empty store.
     *
     * @return its JDBC url
     */
    String newStore();

    /** Opens a store in this process, while no child has it. */
    default BatchStore open(String url) {
        return KillStores.withoutAlarm(JdbcBatchStore.open(url));
    }

    /** What is special about the children of runs whose stores are put back to copies. */
    ChildOptions.Mode copyMode();

    /**
     * Copies a store that no child has.
     *
     * @return the name of the copy
     */
    String copy(String url);

    /** Puts a copy in a store's place, as the documents say. No child has it. */
    void restore(String url, String copy);

    /** Removes copies that are no part of a store. */
    void dropCopies(List<String> copies);

    /** Removes a store that is not needed any more. */
    void drop(String url);

    @Override
    void close();
}
