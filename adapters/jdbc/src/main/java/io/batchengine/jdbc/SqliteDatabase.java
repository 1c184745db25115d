package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Path;
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

/** A SQLite file: one connection that writes, and a few that read beside it. */
final class SqliteDatabase implements Database {
    /** Opens connections to the file. */
    interface Connector {
        LentConnection connect(boolean forWriting) throws SQLException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

    private final String name;
    private final StoreFiles files;
    private final Runnable unlock;
    private final SqliteCondition condition;
    private final Connector connector;
    private final StoreMarks marks;
    private final Checkpoints checkpoints;
    private final List<String> notes;
    private final @Nullable Session writer; // null: open for reading only
    private final @Nullable GroupCommit commits; // of the writer
    private final ReentrantLock reading = new ReentrantLock();
    private final Condition returned = reading.newCondition();

    @GuardedBy("reading")
    private final Deque<Session> idle = new ArrayDeque<>();

    private final int readers;
    private final UntakenLog untaken;
    private volatile @Nullable FileKeys watched;

    /** Connects; {@code notes} is what was found when the files were looked at. */
    SqliteDatabase(
            StoreFiles files, Runnable unlock, Connector connector, Settings settings, int readers, List<String> notes)
            throws SQLException {
        this.files = files;
        this.name = "the store " + Text.quote(files.database().toString());
        this.condition = new SqliteCondition(name);
        this.unlock = unlock;
        this.readers = readers;
        this.connector = connector;
        this.marks = settings.marks();
        this.checkpoints = new Checkpoints(marks, settings.ticker());
        this.untaken = new UntakenLog(name, files);
        this.notes = notes;
        List<Session> opened = new ArrayList<>();
        try {
            writer = settings.readOnly() ? null : open(connector, true, opened);
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

    /**
     * From now on no call is answered unless the store's files are where they are now: they are those that the connections have open. Of a
     * store that only reads it is the database alone, as its writer may make the others again.
     *
     * @param alone reads the database without its log
     */
    void watchFiles(MainFile.Reader alone) throws IOException {
        FileKeys keys = FileKeys.of(
                writer == null ? List.of(files.database()) : List.of(files.database(), files.log(), files.lock()));
        watched = keys;
        if (writer == null) {
            condition.watch(keys, null, null);
        } else {
            condition.watch(keys, LogWatch.of(files.log()), new MainFileWatch(files.database(), alone));
        }
    }

    /** From now on the file itself tells that its log is needed. */
    void markOpen() {
        idle();
        condition.requireUsable();
    }

    /** A failure is left to the next call that meets it; what poisons the store does so now, and damage is a warning. */
    @Override
    public void idle() {
        if (commits != null) {
            commits.pause(this::checkpoint);
        }
    }

    private void checkpoint() {
        Session session = writer;
        if (session == null || condition.isClosed() || !condition.isSound()) {
            return;
        }
        try {
            if (checkpoints.isDue(session)) {
                condition.requireWhole(); // what a hole holds must not get into the file, nor a hole be filled
                Session reader = borrow();
                try {
                    checkpoints.run(session, reader);
                    untaken.taken();
                } finally {
                    giveBack(reader);
                }
            }
        } catch (SQLException failure) {
            LOG.debug("{} had no checkpoint: {}", name, Text.describe(condition.failed(failure)));
            if (condition.isSound() && Failures.isDamage(failure)) {
                untaken.damaged(failure);
            }
        } catch (BatchEngineException lost) {
            LOG.debug("{} had no checkpoint: {}", name, Text.describe(lost));
        }
    }

    /** By a connection of its own: a large store takes a while. */
    @Override
    public void backup(Path target) {
        Interrupts.shield(() -> {
            condition.requireUsable();
            copy(target);
            return true;
        });
    }

    private void copy(Path target) {
        LentConnection lent;
        try {
            lent = connector.connect(false);
        } catch (SQLException failure) {
            throw condition.failed(failure);
        }
        try (lent) {
            try (var statement = lent.connection().createStatement()) {
                statement.execute("pragma query_only = 0");
            } catch (SQLException failure) {
                throw condition.failed(failure);
            }
            condition.requirePresent();
            SqliteBackup.make(name, lent.connection(), target, marks);
            condition.requirePresent();
        }
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
            T answer = work.in(session);
            condition.requirePresent();
            return answer;
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

    @Override
    public List<String> warnings() {
        return untaken.warnings();
    }

    @Override
    public List<String> notes() {
        return notes;
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
        if (writer != null && condition.isDamaged()) {
            // Closed, SQLite would take what is left of the log into the file, holes included, or make a cut file as
            // long as
            // before.
            OpenFiles.spoil(files.database());
            LOG.error("{} stays locked, and one of its connections open, until this process ends", name);
            return;
        } else if (writer != null) {
            FileKeys keys = watched;
            if (condition.isLost() && keys != null) {
                LostFiles.settle(writer, files, keys);
            } else if (condition.isSound() && keys != null) { // a store that was refused at opening is left as it is
                untaken.keep();
                checkpoints.close(writer);
            }
            writer.end();
        }
        unlock.run();
    }

    @Override
    public String toString() {
        return name;
    }
}
