package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs a write. If the write meets a damaged index of the batches, builds these indexes again from the rows, which have checksums, and
 * repeats the write. Otherwise one damaged entry would stop all claims. Does so once while a store is open. Any thread.
 */
final class IndexMending {
    private final Database database;
    private final String reindex;
    private final DamageLog damages;
    private final AtomicBoolean tried = new AtomicBoolean();

    IndexMending(Database database, Dialect dialect, Tables tables, DamageLog damages) {
        this.database = database;
        this.reindex = dialect.reindex() + tables.batch();
        this.damages = damages;
    }

    <T> T write(Database.Work<T> work) {
        try {
            return database.write(work);
        } catch (BatchEngineException failure) {
            if (!mayBeOfIndex(failure) || !tried.compareAndSet(false, true)) {
                throw failure;
            }
            mend(failure);
            T answer = database.write(work);
            damages.found(
                    "",
                    Text.format(
                            "an index of the store was damaged, and the indexes of the batches were built again from their rows;"
                                    + " check the disk: %s",
                            Text.describe(failure)));
            return answer;
        }
    }

    /** The database has met damage that is not of a row's values. If the table has it, its indexes can't be built again. */
    private static boolean mayBeOfIndex(BatchEngineException failure) {
        return failure.code() == ErrorCode.STORE_CORRUPT && failure.getCause() instanceof SQLException;
    }

    /** What to throw where an index does not name a row that is there. */
    static BatchEngineException missing(String batchId) {
        String message =
                Text.format("the index of batch ids is damaged: it does not name batch %s", Text.quote(batchId));
        return BatchEngineException.of(ErrorCode.STORE_CORRUPT, message, new SQLException(message));
    }

    private void mend(BatchEngineException failure) {
        try {
            database.write(session -> {
                session.execute(reindex);
                return true;
            });
        } catch (BatchEngineException unmended) {
            failure.addSuppressed(unmended);
            throw failure;
        }
    }
}
