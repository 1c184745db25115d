package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A SQLite file: one connection that writes, and a few that read beside it. */
final class SqliteDatabase implements Database {
    /** Opens connections to the file. */
    interface Connector {
        LentConnection connect(boolean forWriting) throws SQLException;
    }

    private final String name;
    private final Runnable unlock;
    private final SqliteCondition condition;
    private final @Nullable Session writer; // null: open for reading only
    private final @Nullable GroupCommit commits; // of the writer
    private final ReentrantLock reading = new ReentrantLock();
    private final Condition returned = reading.newCondition();

    @GuardedBy("reading")
    private final Deque<Session> idle = new ArrayDeque<>();

    private final int readers;

    SqliteDatabase(String name, Runnable unlock, Connector connector, boolean readOnly, int readers)
            throws SQLException {
        this.name = name;
        this.condition = new SqliteCondition(name);
        this.unlock = unlock;
        this.readers = readers;
        List<Session> opened = new ArrayList<>();
        try {
            writer = readOnly ? null : open(connector, true, opened);
            commits = writer == null ? null : new GroupCommit(writer, condition);
            for (int i = 0; i < readers; i++) {
                idle.add(open(connector, false, opened));
            }
        } catch (SQLException | RuntimeException failure) {
            opened.forEach(Session::end);
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
        if (commits == null) {
            throw Failures.readOnly(name);
        }
        return commits.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        Session session = borrow();
        try {
            condition.requireUsable();
            return work.in(session);
        } catch (SQLException failure) {
            throw condition.failed(failure);
        } finally {
            giveBack(session);
        }
    }

    @Override
    public void apart(Runnable task) {
        task.run();
    }

    private Session borrow() {
        reading.lock();
        try {
            while (idle.isEmpty() && !condition.isClosed()) {
                returned.awaitUninterruptibly();
            }
            if (condition.isClosed()) {
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
        if (commits == null) {
            closeAll();
        } else {
            commits.pause(this::closeAll);
        }
    }

    private void closeAll() {
        reading.lock();
        try {
            if (condition.isClosed()) {
                return;
            }
            condition.close();
            returned.signalAll();
            while (idle.size() < readers) {
                returned.awaitUninterruptibly();
            }
            idle.forEach(Session::end);
        } finally {
            reading.unlock();
        }
        // The last to close takes the log into the file, so the writer is the last.
        if (writer != null) {
            writer.end();
        }
        unlock.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
