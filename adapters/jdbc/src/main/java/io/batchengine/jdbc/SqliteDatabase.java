package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite file: one connection that writes, one call at a time, and a few that read beside it.
 *
 * <p>An input or output error poisons it. After a failed sync the operating system may tell of data as written that is not, so nothing
 * is acknowledged any more until the file is opened anew and read back. A full disk poisons nothing: the transaction is undone.
 */
final class SqliteDatabase implements Database {
    /** Opens connections to the file. */
    interface Connector {
        Connection connect(boolean forWriting) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

    private final String name;
    private final Runnable unlock;
    private final @Nullable Session writer; // null: open for reading only
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock reading = new ReentrantLock();
    private final Condition returned = reading.newCondition();

    @GuardedBy("reading")
    private final Deque<Session> idle = new ArrayDeque<>();

    private final int readers;
    private volatile boolean closed;
    private volatile @Nullable Throwable poison;

    SqliteDatabase(String name, Runnable unlock, Connector connector, boolean readOnly, int readers)
            throws SQLException {
        this.name = name;
        this.unlock = unlock;
        this.readers = readers;
        List<Session> opened = new ArrayList<>();
        try {
            writer = readOnly ? null : open(connector, true, opened);
            for (int i = 0; i < readers; i++) {
                idle.add(open(connector, false, opened));
            }
        } catch (SQLException | RuntimeException failure) {
            opened.forEach(SqliteDatabase::close);
            throw failure;
        }
    }

    private static Session open(Connector connector, boolean forWriting, List<Session> opened) throws SQLException {
        Session session = new Session(connector.connect(forWriting));
        opened.add(session);
        return session;
    }

    @Override
    public <T> T write(Work<T> work) {
        Session session = writer;
        if (session == null) {
            throw Failures.readOnly(name);
        }
        writing.lock();
        try {
            requireUsable();
            boolean done = false;
            try {
                session.execute("begin immediate");
                T answer = work.in(session);
                session.execute("commit");
                done = true;
                return answer;
            } catch (SQLException failure) {
                throw failed(failure);
            } finally {
                if (!done) {
                    undo(session);
                }
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public <T> T read(Work<T> work) {
        Session session = borrow();
        try {
            requireUsable();
            return work.in(session);
        } catch (SQLException failure) {
            throw failed(failure);
        } finally {
            giveBack(session);
        }
    }

    private BatchEngineException failed(SQLException failure) {
        if (!Failures.isPoison(failure)) {
            return Failures.sqlite(name, failure);
        }
        poison(failure);
        return Failures.poisoned(name, failure);
    }

    private void poison(Throwable failure) {
        if (poison == null) {
            poison = failure;
            LOG.error("{} acknowledges nothing more until it is reopened: {}", name, Text.describe(failure));
        }
    }

    /** SQLite undoes some failed transactions by itself; any other that can't be undone must not be built upon. */
    private void undo(Session session) {
        try {
            session.execute("rollback");
        } catch (SQLException failure) {
            String message = failure.getMessage();
            if (message == null || !message.contains("no transaction is active")) {
                poison(failure);
            }
        }
    }

    private void requireUsable() {
        if (closed) {
            throw Failures.closed(name);
        }
        Throwable cause = poison;
        if (cause != null) {
            throw Failures.poisoned(name, cause);
        }
    }

    private Session borrow() {
        reading.lock();
        try {
            while (idle.isEmpty() && !closed) {
                returned.awaitUninterruptibly();
            }
            if (closed) {
                throw Failures.closed(name);
            }
            return idle.pop();
        } finally {
            reading.unlock();
        }
    }

    private void giveBack(Session session) {
        reading.lock();
        try {
            idle.push(session);
            returned.signalAll();
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() {
        writing.lock();
        try {
            if (closed) {
                return;
            }
            reading.lock();
            try {
                closed = true;
                returned.signalAll();
                while (idle.size() < readers) {
                    returned.awaitUninterruptibly();
                }
                idle.forEach(SqliteDatabase::close);
            } finally {
                reading.unlock();
            }
            // The last to close takes the log into the file, so the writer is the last.
            if (writer != null) {
                close(writer);
            }
            unlock.run();
        } finally {
            writing.unlock();
        }
    }

    private static void close(Session session) {
        session.closeStatements();
        try {
            session.execute("pragma query_only = 0"); // it may go back to a pool of the caller's
        } catch (SQLException failure) {
            LOG.debug("a connection is given up as it is: {}", Text.describe(failure));
        }
        try {
            session.connection().close();
        } catch (SQLException failure) {
            LOG.warn("closing a connection failed: {}", Text.describe(failure));
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
