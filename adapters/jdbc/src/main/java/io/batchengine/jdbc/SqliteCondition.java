package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a SQLite file may be used: not once it is closed, nor after an input or output error has poisoned it. After a failed sync the
 * operating system may tell of data as written that is not, so nothing is acknowledged any more until the file is opened anew and
 * read back. A full disk poisons nothing: the transaction is undone. Any thread.
 */
final class SqliteCondition {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCondition.class);

    private final String name;
    private volatile boolean closed;
    private volatile @Nullable Throwable poison;

    SqliteCondition(String name) {
        this.name = name;
    }

    void requireUsable() {
        if (closed) {
            throw Failures.closed(name);
        }
        Throwable cause = poison;
        if (cause != null) {
            throw Failures.poisoned(name, cause);
        }
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** What to tell the caller of what failed. */
    BatchEngineException failed(SQLException failure) {
        if (!Failures.isPoison(failure)) {
            return Failures.sqlite(name, failure);
        }
        poison(failure);
        return Failures.poisoned(name, failure);
    }

    void poison(Throwable failure) {
        if (poison == null) {
            poison = failure;
            LOG.error("{} acknowledges nothing more until it is reopened: {}", name, Text.describe(failure));
        }
    }
}
