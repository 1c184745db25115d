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
    private volatile @Nullable LogWatch log;
    private volatile @Nullable MainFileWatch main;
    private volatile boolean damaged;

    SqliteCondition(String name) {
        this.name = name;
    }

    /** From now on looks after files; the log and the database are null for a store that only reads. */
    void watch(FileKeys keys, @Nullable LogWatch watchedLog, @Nullable MainFileWatch watchedMain) {
        files = keys;
        log = watchedLog;
        main = watchedMain;
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

    /**
     * Before an answer is given: refuses it where it is of a file that nobody will find again, or of a database that was cut in place. A stat
     * for each file.
     */
    void requirePresent() {
        FileKeys keys = files;
        if (keys == null) {
            return;
        }
        String how = told(keys::lost);
        if (how != null) {
            throw becomeLost(how);
        }
        MainFileWatch watch = main;
        if (watch != null) {
            requireNone(() -> watch.damage(keys.length()));
        }
    }

    /** Before a transaction or a checkpoint, which would hide it: refuses a database or a log that was cut in place. */
    void requireWhole() {
        MainFileWatch watch = main;
        if (watch != null && toldWhether(watch::isShorter)) {
            requirePresent(); // another file in its place is not damage of this one
        }
        requireWholeLog();
    }

    /** Before and after a transaction: refuses a log that was cut or overwritten in place. Two calls of the system. */
    void requireWholeLog() {
        LogWatch watch = log;
        if (watch != null) {
            requireNone(watch::damage);
        }
    }

    /** What tells of damage, for a sentence; null where there is none. */
    private interface Look {
        @Nullable
        String damage() throws IOException;
    }

    private void requireNone(Look look) {
        String how = told(look);
        if (how != null) {
            damaged = true;
            throw becomeLost(how);
        }
    }

    /** What tells whether something may be wrong. */
    private interface Suspicion {
        boolean is() throws IOException;
    }

    private boolean toldWhether(Suspicion suspicion) {
        return told(() -> suspicion.is() ? "" : null) != null;
    }

    private @Nullable String told(Look look) {
        try {
            return look.damage();
        } catch (IOException unknown) { // whether all is there can't be told, so nothing is acknowledged
            requireUsable(); // closing closes the log too
            poison(unknown);
            throw Failures.poisoned(name, unknown);
        }
    }

    private BatchEngineException becomeLost(String how) {
        if (lost == null) {
            LOG.error("{} acknowledges nothing more: {} while the store was open", name, how);
        }
        lost = how;
        return lost(how);
    }

    /** Whether the log must not be taken into the file any more. */
    boolean isDamaged() {
        return damaged;
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
        LogWatch watch = log;
        log = null;
        if (watch != null) {
            try {
                watch.close();
            } catch (IOException failure) {
                LOG.debug("the log of {} can't be closed: {}", name, Text.describe(failure));
            }
        }
    }

    /** What to tell the caller of what failed. */
    BatchEngineException failed(SQLException failure) {
        boolean damage = Failures.isDamage(failure);
        if (!damage && !Failures.isPoison(failure)) {
            return Failures.sqlite(name, failure);
        }
        try {
            requirePresent(); // an error of a file that is not there any more tells of that
            requireWholeLog();
        } catch (BatchEngineException gone) {
            return gone;
        }
        if (damage) {
            return Failures.damaged(name, failure);
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
