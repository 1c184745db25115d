package io.batchengine.jdbc;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * A database from a data source of the caller's. Frameworks bind a transaction to a thread, and their data sources give its connection to
 * whoever asks on that thread. So nothing asks on a thread that runs the caller's code: connections are taken, used and given back on the
 * library's threads. The engine's own threads run listeners, jobs and executors of the caller's too, so they are no exception.
 */
final class DetachedDatabase implements Database {
    private final Database database;
    private final CallThreads threads;

    DetachedDatabase(Database database, CallThreads threads) {
        this.database = database;
        this.threads = threads;
    }

    @Override
    public <T> T write(Work<T> work) {
        return call(() -> database.write(work));
    }

    @Override
    public <T> T read(Work<T> work) {
        return call(() -> database.read(work));
    }

    @Override
    public void apart(Runnable task) {
        call(() -> {
            database.apart(task);
            return true;
        });
    }

    @Override
    public List<String> warnings() {
        return database.warnings();
    }

    @Override
    public List<String> notes() {
        return database.notes();
    }

    @Override
    public void idle() {
        call(() -> {
            database.idle();
            return true;
        });
    }

    @Override
    public void backup(Path target) {
        call(() -> {
            database.backup(target);
            return true;
        });
    }

    private <T> T call(Supplier<T> call) {
        try {
            return threads.call(call);
        } catch (RejectedExecutionException ended) {
            throw Failures.closed(database.toString());
        }
    }

    @Override
    public void close() {
        try {
            threads.call(() -> {
                database.close();
                return true;
            });
        } catch (RejectedExecutionException closedBefore) {
            return;
        }
        threads.close();
    }

    @Override
    public String toString() {
        return database.toString();
    }
}
