package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a SQLite file may be used: not once it is closed, nor after an input or output error has poisoned it, nor when one of its
 * files was removed or replaced. After a failed sync the operating system may tell of data as written that is not, so nothing is
 * acknowledged any more until the file is opened again and read back. A full disk poisons nothing: the transaction is undone. Any thread.
 */
final class SqliteCondition {
    private static final Logger LOG = LoggerFactory.getLogger(SqliteCondition.class);

    private final String name;
    private volatile boolean closed;
    private volatile @Nullable Throwable poison;
    private volatile @Nullable String lost;
    private volatile @Nullable FileKeys files;

    SqliteCondition(String name) {
        this.name = name;
    }

    /** From now on looks after files. */
    void watch(FileKeys keys) {
        files = keys;
    }

    void requireUsable() {
        if (closed) {
            throw Failures.closed(name);
        }
        String how = lost;
        if (how != null) {
            throw lost(how);
        }
        Throwable cause = poison;
        if (cause != null) {
            throw Failures.poisoned(name, cause);
        }
    }

    /** Before an answer is given: refuses it where it is of a file that nobody will find again. A stat for each file. */
    void requirePresent() {
        FileKeys keys = files;
        if (keys == null) {
            return;
        }
        String how;
        try {
            how = keys.lost();
        } catch (IOException unknown) { // whether they are there can't be told, so nothing is acknowledged
            poison(unknown);
            throw Failures.poisoned(name, unknown);
        }
        if (how != null) {
            if (lost == null) {
                LOG.error("{} acknowledges nothing more: {} while the store was open", name, how);
            }
            lost = how;
            throw lost(how);
        }
    }

    /** Whether what is in memory is what is on the disk, as far as is known. */
    boolean isSound() {
        return lost == null && poison == null;
    }

    boolean isLost() {
        return lost != null;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    /** What to tell the caller of what failed. */
    BatchEngineException failed(SQLException failure) {
        if (Failures.isDamage(failure)) {
            return Failures.damaged(name, failure);
        }
        if (!Failures.isPoison(failure)) {
            return Failures.sqlite(name, failure);
        }
        try {
            requirePresent(); // an error of a file that is not there any more tells of that
        } catch (BatchEngineException gone) {
            return gone;
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

    private BatchEngineException lost(String how) {
        return BatchEngineException.of(
                ErrorCode.STORE_LOST,
                Text.format(
                        "%s is lost: %s while it was open, so nothing more is acknowledged;"
                                + " close it, put the files back (from a backup if need be), and open it again",
                        name, how));
    }
}
