package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;

import io.batchengine.jdbc.Database.Work;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The writes of one connection. Those that come while a transaction is under way go into the next one together and share its sync, which
 * is most of what a small write costs. Each is undone by itself where it fails; none returns before the common commit.
 *
 * <p>There is no thread for it: of the callers that wait, whoever gets the lock runs the work of all.
 */
final class GroupCommit {
    /** A write that waits, or is done. Confined to the thread that has the lock, except for the last word: that it is done. */
    private static final class Request {
        private final Work<?> work;
        private final Thread caller = Thread.currentThread();
        private @Nullable Object answer;
        private @Nullable Throwable failure;
        private boolean committed;
        private volatile boolean done;

        Request(Work<?> work) {
            this.work = work;
        }

        void committed() {
            committed = true;
        }

        void end() {
            done = true;
            LockSupport.unpark(caller);
        }
    }

    private final Session session;
    private final SqliteCondition condition;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Request> waiting = new ConcurrentLinkedQueue<>();

    GroupCommit(Session session, SqliteCondition condition) {
        this.session = session;
        this.condition = condition;
    }

    /** Runs work in a transaction; it is durable when this returns, and undone where this throws before the commit. */
    @SuppressWarnings("unchecked") // the answer is that of the same request's work
    <T> T write(Work<T> work) {
        Request own = new Request(work);
        waiting.add(own);
        awaitEnd(own);
        if (own.failure instanceof Error error) {
            throw error;
        }
        if (own.failure instanceof RuntimeException failure) {
            throw failure;
        }
        if (!own.committed) {
            throw new IllegalStateException("the write was undone, and what failed could not be told");
        }
        return (T) requireNonNull(own.answer);
    }

    /** How many writes wait for the one under way. */
    int waiting() {
        return waiting.size();
    }

    /** Runs a task while no transaction is under way, and none can begin. */
    void pause(Runnable task) {
        lock.lock();
        try {
            task.run();
        } finally {
            unlock();
        }
    }

    private void awaitEnd(Request own) {
        boolean interrupted = false;
        while (!own.done) {
            if (lock.tryLock()) {
                try {
                    if (!own.done) {
                        runWaiting();
                    }
                } finally {
                    unlock();
                }
            } else {
                LockSupport.park(this);
                interrupted |= Thread.interrupted(); // while it is up, nothing waits
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whoever has come since the last look finds the lock free, or is woken here. */
    private void unlock() {
        lock.unlock();
        Request next = waiting.peek();
        if (next != null) {
            LockSupport.unpark(next.caller);
        }
    }

    private void runWaiting() {
        List<Request> group = new ArrayList<>();
        for (Request next = waiting.poll(); next != null; next = waiting.poll()) {
            group.add(next);
        }
        try {
            condition.requireUsable();
            condition.requireWhole();
            runInTransaction(group);
            condition.requirePresent();
            condition.requireWholeLog();
            group.forEach(Request::committed);
        } catch (SQLException failure) {
            fail(group, condition.failed(failure));
        } catch (RuntimeException | Error failure) {
            fail(group, failure);
        } finally {
            group.forEach(Request::end);
        }
    }

    private void runInTransaction(List<Request> group) throws SQLException {
        boolean done = false;
        try {
            session.execute("begin immediate");
            if (group.size() == 1) {
                group.get(0).answer = group.get(0).work.in(session);
            } else {
                runEach(group);
            }
            session.execute("commit");
            done = true;
        } finally {
            if (!done) {
                undo();
            }
        }
    }

    private static void fail(List<Request> group, Throwable failure) {
        group.forEach(request -> request.failure = failure);
    }

    /** What fails is undone by itself; where the database has undone all by itself already, or is poisoned, all fail with it. */
    private void runEach(List<Request> group) throws SQLException {
        for (Request request : group) {
            session.execute("savepoint one_of_group");
            try {
                request.answer = request.work.in(session);
            } catch (SQLException failure) {
                request.failure = condition.failed(failure);
                condition.requireUsable();
                undoOne(failure);
            } catch (RuntimeException | Error failure) {
                request.failure = failure;
                undoOne(failure);
            }
            session.execute("release one_of_group");
        }
    }

    private void undoOne(Throwable failure) throws SQLException {
        try {
            session.execute("rollback to one_of_group");
        } catch (SQLException gone) { // the transaction went before, for the reason that the first failure tells
            failure.addSuppressed(gone);
            throw failure instanceof SQLException first ? first : gone;
        }
    }

    /** SQLite undoes some failed transactions by itself; any other that can't be undone must not be built upon. */
    private void undo() {
        try {
            session.execute("rollback");
        } catch (SQLException failure) {
            String message = failure.getMessage();
            if (message == null || !message.contains("no transaction is active")) {
                condition.poison(failure);
            }
        } catch (RuntimeException | Error failure) {
            condition.poison(failure);
        }
    }
}
