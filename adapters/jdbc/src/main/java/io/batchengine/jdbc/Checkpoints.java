package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.jdbc.StoreMark.State;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the log of a SQLite file into the file when there is little to do, so that a lost log loses little, with a mark before and a mark
 * after. The first goes into the file with the checkpoint and says that a log must be there; the second makes that true, and stays in the log.
 * If any other program takes the log into the file, the second takes the place of the first, and nothing is missed.
 *
 * <p>It never holds up a write for longer than a mark takes: another connection makes the checkpoint.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long SPACING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String CHANGES = "values (total_changes())";

    private final Database database;
    private final StoreMarks marks;
    private final LongSupplier ticker;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private long lastNanos;

    @GuardedBy("lock")
    private long seenChanges = -1; // of the connection that writes

    Checkpoints(Database database, StoreMarks marks, LongSupplier ticker) {
        this.database = database;
        this.marks = marks;
        this.ticker = ticker;
        this.lastNanos = ticker.getAsLong() - SPACING_NANOS;
    }

    /** If anything was written since the last time, and that is a second ago or more. A failure is left to the next call that meets it. */
    void ifDue() {
        if (!lock.tryLock()) {
            return; // another is at it
        }
        try {
            if (ticker.getAsLong() - lastNanos >= SPACING_NANOS) {
                run();
                lastNanos = ticker.getAsLong();
            }
        } catch (BatchEngineException failure) {
            LOG.debug("{} had no checkpoint: {}", database, Text.describe(failure));
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void run() {
        boolean due = database.write(this::begin);
        if (!due) {
            return;
        }
        database.read(session -> {
            session.execute("pragma wal_checkpoint(passive)");
            return true;
        });
        seenChanges = database.write(session -> {
            marks.write(session, State.LOGGED);
            return session.queryNumber(CHANGES, Session.NOTHING);
        });
    }

    private boolean begin(Session session) throws SQLException {
        if (session.queryNumber(CHANGES, Session.NOTHING) == seen()) {
            return false;
        }
        marks.write(session, State.OPEN);
        return true;
    }

    @SuppressWarnings("GuardedBy") // the thread that has the lock waits for whoever runs this
    private long seen() {
        return seenChanges;
    }

    /** The last mark, when the store is closed. A program that holds a lock on the file must not keep it open. */
    static void close(Session writer, StoreMarks marks) {
        try {
            writer.execute("pragma busy_timeout = 500");
            marks.write(writer, State.CLOSED);
            writer.execute("pragma wal_checkpoint(passive)");
        } catch (SQLException failure) {
            LOG.debug("a store is closed without a mark: {}", Text.describe(failure));
        }
    }
}
