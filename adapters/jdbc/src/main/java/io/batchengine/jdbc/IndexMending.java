package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Runs a call. If it meets a damaged index of the batches, builds these indexes again from the rows, which have checksums, and repeats the
 * call. Otherwise one damaged entry would stop all claims. Does so once while a store is open. If the rows themselves can't be read, the
 * call is repeated without them. Any thread.
 */
final class IndexMending {
    private final Database database;
    private final String reindex;
    private final DamageLog damages;
    private final AtomicBoolean tried = new AtomicBoolean();

    private final UnreadableBatches unreadable;

    IndexMending(Database database, Dialect dialect, Tables tables, DamageLog damages, UnreadableBatches unreadable) {
        this.unreadable = unreadable;
        this.database = database;
        this.reindex = dialect.reindex() + tables.batch();
        this.damages = damages;
    }

    <T> T write(Database.Work<T> work) {
        return run(() -> database.write(work));
    }

    <T> T read(Database.Work<T> work) {
        return run(() -> database.read(work));
    }

    private <T> T run(Supplier<T> call) {
        try {
            return call.get();
        } catch (BatchEngineException failure) {
            if (!UnreadableBatches.isDamage(failure)) {
                throw failure;
            }
            if (tried.compareAndSet(false, true) && isMended(failure)) {
                Optional<T> answer = again(call);
                if (answer.isPresent()) {
                    damages.found(
                            "",
                            Text.format(
                                    "an index of the store was damaged, and the indexes of the batches were built again from their rows;"
                                            + " check the disk: %s",
                                    Text.describe(failure)));
                    return answer.get();
                }
            }
            Optional<T> answer = unreadable.search() ? again(call) : Optional.empty();
            if (answer.isEmpty() && unreadable.searchUnwritable()) {
                answer = again(call);
            }
            return answer.orElseThrow(() -> failure);
        }
    }

    /** Empty where it meets damage again. */
    private static <T> Optional<T> again(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (BatchEngineException failure) {
            if (UnreadableBatches.isDamage(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** What to throw where an index does not name a row that is there. */
    static BatchEngineException missing(String batchId) {
        String message =
                Text.format("the index of batch ids is damaged: it does not name batch %s", Text.quote(batchId));
        return BatchEngineException.of(ErrorCode.STORE_CORRUPT, message, new SQLException(message));
    }

    private boolean isMended(BatchEngineException failure) {
        try {
            return database.write(session -> {
                session.execute(reindex);
                return true;
            });
        } catch (BatchEngineException unmended) {
            failure.addSuppressed(unmended);
            return false;
        }
    }
}
