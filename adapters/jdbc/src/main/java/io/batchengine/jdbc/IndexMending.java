package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Writes, and builds the indexes of the batches anew where SQLite finds one damaged by that: the rows tell all that is in them, and each row
 * has its checksum. Without it nothing could be claimed any more, for the sake of one entry. Once while a store is open. Any thread.
 */
final class IndexMending {
    private static final String DAMAGED_INDEX = "SQLITE_CORRUPT_INDEX";

    private final Database database;
    private final Tables tables;
    private final DamageLog damages;
    private final AtomicBoolean tried = new AtomicBoolean();

    IndexMending(Database database, Tables tables, DamageLog damages) {
        this.database = database;
        this.tables = tables;
        this.damages = damages;
    }

    <T> T write(Database.Work<T> work) {
        try {
            return database.write(work);
        } catch (BatchEngineException failure) {
            if (!isOfIndex(failure) || !tried.compareAndSet(false, true)) {
                throw failure;
            }
            mend(failure);
            return database.write(work);
        }
    }

    private static boolean isOfIndex(BatchEngineException failure) {
        Throwable cause = failure.getCause();
        return cause != null && String.valueOf(cause.getMessage()).contains(DAMAGED_INDEX);
    }

    private void mend(BatchEngineException failure) {
        try {
            database.write(session -> {
                session.execute("reindex " + tables.batch());
                return true;
            });
        } catch (BatchEngineException unmended) {
            failure.addSuppressed(unmended);
            throw failure;
        }
        damages.found(
                "",
                Text.format(
                        "an index of the store was damaged, and the indexes of the batches were built anew from their rows;"
                                + " check the disk: %s",
                        Text.describe(failure)));
    }
}
