package io.batchengine.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: a connection of a pool for each call. A connection that broke is the pool's to replace. */
final class PostgresDatabase implements Database {
    /** Gives connections; each is given back by closing it. */
    interface Source {
        Connection connection() throws SQLException;
    }

    private final String name;
    private final Source source;
    private final Runnable closeSource;
    private final boolean readOnly;
    private final @Nullable String beginning;
    private final ReadWriteLock open = new ReentrantReadWriteLock(); // calls under way share it
    private volatile boolean closed;

    /**
     * A database.
     *
     * @param name what it is, for messages
     * @param source gives its connections
     * @param closeSource frees what is this store's own
     * @param readOnly whether writes are refused
     * @param beginning what each transaction begins with where the connections do not bring it along, or null
     */
    PostgresDatabase(String name, Source source, Runnable closeSource, boolean readOnly, @Nullable String beginning) {
        this.name = name;
        this.source = source;
        this.closeSource = closeSource;
        this.readOnly = readOnly;
        this.beginning = beginning;
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
                        if (beginning != null) {
                            session.execute(beginning);
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
        try (Connection connection = source.connection()) {
            boolean before = connection.getAutoCommit();
            if (before != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            Session session = new Session(connection);
            try {
                return work.in(session);
            } finally {
                session.closeStatements();
                if (before != autoCommit) {
                    restore(connection, before);
                }
            }
        } catch (SQLException failure) {
            throw PostgresFailure.of(failure).exception(name, failure);
        }
    }

    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            // The server undoes what a broken connection leaves.
        }
    }

    private static void restore(Connection connection, boolean autoCommit) {
        try {
            connection.setAutoCommit(autoCommit);
        } catch (SQLException broken) {
            // It is of no use to anybody then, and its pool will find that out.
        }
    }

    @Override
    public void close() {
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
