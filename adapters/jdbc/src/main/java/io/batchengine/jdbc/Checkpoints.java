package io.batchengine.jdbc;

import io.batchengine.jdbc.StoreMark.State;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the log of a SQLite file into the file when there is little to do, so that a lost log loses little, and leaves the file with a mark
 * whose two copies differ. This tells that the log is needed: all that is committed has them equal, so that they are equal again in a file
 * that has got all of its log, whoever has taken it there.
 *
 * <p>A reader whose view lies between the mark and a second write of its copy keeps SQLite from taking the page of the copy: a checkpoint goes
 * no further than to the oldest view, and passes over pages that were written after it. For the thread that has the connection that writes.
 */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
    private static final long SPACING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final String CHANGES = "values (total_changes())";

    private final StoreMarks marks;
    private final LongSupplier ticker;
    private long lastNanos;
    private long seenChanges = -1; // of the connection that writes

    Checkpoints(StoreMarks marks, LongSupplier ticker) {
        this.marks = marks;
        this.ticker = ticker;
        this.lastNanos = ticker.getAsLong() - SPACING_NANOS;
    }

    /** Whether anything was written since the last one, and that is a second ago or more. */
    boolean isDue(Session writer) throws SQLException {
        return ticker.getAsLong() - lastNanos >= SPACING_NANOS
                && writer.queryNumber(CHANGES, Session.NOTHING) != seenChanges;
    }

    void run(Session writer, Session reader) throws SQLException {
        lastNanos = ticker.getAsLong();
        if (seenChanges < 0) { // the page of the copy must be in the file, which would be damaged without it
            marks.prepare(writer);
            writer.execute("pragma wal_checkpoint(passive)");
        }
        boolean written = false;
        writer.execute("begin immediate");
        try {
            marks.write(writer, State.OPEN);
            writer.execute("commit");
            written = true;
        } finally {
            if (!written) {
                rollback(writer);
            }
        }
        reader.execute("begin");
        try {
            reader.queryNumber("select count(*) from sqlite_master", Session.NOTHING); // its view begins
            marks.touch(writer);
            writer.execute("pragma wal_checkpoint(passive)");
        } finally {
            rollback(reader);
        }
        seenChanges = writer.queryNumber(CHANGES, Session.NOTHING);
    }

    private static void rollback(Session session) {
        try {
            session.execute("rollback");
        } catch (SQLException none) {
            LOG.trace("no transaction is open", none);
        }
    }

    /** The last mark, when the store is closed. A program that holds a lock on the file must not keep it open. */
    void close(Session writer) {
        try {
            writer.execute("pragma busy_timeout = 500");
            writer.execute("begin immediate");
            marks.write(writer, State.CLOSED);
            writer.execute("commit");
            writer.execute("pragma wal_checkpoint(passive)");
        } catch (SQLException failure) {
            rollback(writer);
            LOG.debug("a store is closed without a mark: {}", Text.describe(failure));
        }
    }
}
