package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: a connection of a pool for each call. A connection that broke is the pool's to replace. */
final class PostgresDatabase implements Database {
    /** More than a pool has whose connections all lead to the server that was the primary before. */
    private static final int MOST_DROPS = 200;

    private final String name;
    private final ConnectionSource source;
    private final Runnable closeSource;
    private final boolean readOnly;
    private final TransactionStart start;
    private final @Nullable Duration patience;
    private final PostgresServer server;
    private final FailOver failOver;
    private final ReadWriteLock open = new ReentrantReadWriteLock(); // calls under way share it
    private final List<Supplier<@Nullable String>> problems = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * A database.
     *
     * @param name what it is, for messages
     * @param source gives its connections
     * @param closeSource frees what is this store's own
     * @param readOnly whether writes are refused
     * @param start what each transaction begins with
     * @param patience how long a call waits for an answer, where the connections do not bring a limit along; else null
     * @param server what was found out about the server
     * @param failOver looks after connections that a fail-over has left behind
     */
    PostgresDatabase(
            String name,
            ConnectionSource source,
            Runnable closeSource,
            boolean readOnly,
            TransactionStart start,
            @Nullable Duration patience,
            PostgresServer server,
            FailOver failOver) {
        this.name = name;
        this.source = source;
        this.closeSource = closeSource;
        this.readOnly = readOnly;
        this.start = start;
        this.patience = patience;
        this.server = server;
        this.failOver = failOver;
        warnOf(failOver::warning);
    }

    @Override
    public <T> T write(Work<T> work) {
        if (readOnly) {
            throw Failures.readOnly(name);
        }
        return call(
                session -> {
                    boolean done = false;
                    try {
                        String first = start.sql();
                        if (first != null) {
                            session.execute(first);
                        }
                        T answer = work.in(session);
                        session.connection().commit();
                        done = true;
                        return answer;
                    } finally {
                        if (!done) {
                            undo(session.connection());
                        }
                    }
                },
                false);
    }

    @Override
    public <T> T read(Work<T> work) {
        return call(work, true);
    }

    @Override
    public void apart(Runnable task) {
        Interrupts.shield(() -> {
            task.run();
            return true;
        });
    }

    private <T> T call(Work<T> work, boolean autoCommit) {
        open.readLock().lock();
        try {
            if (closed) {
                throw Failures.closed(name);
            }
            return Interrupts.shield(() -> connected(work, autoCommit));
        } finally {
            open.readLock().unlock();
        }
    }

    private <T> T connected(Work<T> work, boolean autoCommit) {
        try (LentConnection lent = lend(autoCommit)) {
            T answer = answer(work, lent.connection());
            failOver.served();
            return answer;
        } catch (SQLException unreachable) {
            BatchEngineException told = PostgresFailure.of(unreachable).exception(name, unreachable);
            failOver.unreachable(String.valueOf(told.getMessage()));
            throw told;
        }
    }

    private <T> T answer(Work<T> work, Connection connection) {
        Session session = new Session(connection);
        try {
            return work.in(session);
        } catch (SQLException failure) {
            source.failed(failure);
            PostgresFailure why = PostgresFailure.of(failure);
            BatchEngineException told = why.exception(name, failure);
            failOver.failed(connection, why, String.valueOf(told.getMessage()));
            throw told;
        } finally {
            session.closeStatements();
        }
    }

    private LentConnection lend(boolean autoCommit) throws SQLException {
        Connection taken = source.connection();
        for (int drops = 0; drops < MOST_DROPS && failOver.drops(taken); drops++) {
            LentConnection.close(taken);
            taken = source.connection();
        }
        LentConnection lent = autoCommit
                ? LentConnection.inAutoCommit(taken, patience)
                : LentConnection.forTransaction(taken, patience);
        server.prepareNothing(lent);
        return lent;
    }

    /** Has what it names, while it names something, be among the warnings. */
    void warnOf(Supplier<@Nullable String> problem) {
        problems.add(problem);
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The server undoes what a broken connection leaves.
        }
    }

    @Override
    public List<String> warnings() {
        return problems.stream()
                .map(Supplier::get)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
    }

    @Override
    public List<String> notes() {
        return server.notes(name);
    }

    @Override
    public void close() {
        source.endWaits(); // a call that waits for what a pool does not have keeps nobody from closing
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                closeSource.run();
            }
        } finally {
            open.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
