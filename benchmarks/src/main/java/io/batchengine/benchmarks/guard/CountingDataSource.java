package io.batchengine.benchmarks.guard;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Counts the statements and the transactions of connections, and keeps those that are given back. An {@code executeBatch} is one statement: one
 * round trip where there is a server.
 */
final class CountingDataSource implements AutoCloseable {
    /** Opens connections. */
    interface Connector {
        Connection connect() throws SQLException;
    }

    private final Connector real;
    private final Counts counts;
    private final Deque<Connection> idle = new ArrayDeque<>();

    CountingDataSource(Connector real, Counts counts) {
        this.real = real;
        this.counts = counts;
    }

    /** What is to be given to those who connect. */
    DataSource proxy() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (method.getName().equals("getConnection")) {
                return connection(idle.isEmpty() ? real.connect() : idle.pop());
            }
            throw new UnsupportedOperationException(method.getName());
        });
    }

    private Connection connection(Connection connection) {
        Transaction transaction = new Transaction();
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "close" -> {
                    idle.push(connection);
                    return null;
                }
                case "commit" -> counts.add("transactions", 1);
                default -> {}
            }
            Object answer = call(connection, method, arguments);
            return answer instanceof PreparedStatement prepared
                    ? statement(PreparedStatement.class, prepared, transaction, text(arguments))
                    : answer instanceof Statement plain ? statement(Statement.class, plain, transaction, "") : answer;
        });
    }

    private <T extends Statement> T statement(Class<T> type, T statement, Transaction transaction, String prepared) {
        return proxy(type, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                transaction.ran(prepared.isEmpty() ? text(arguments) : prepared);
            }
            return call(statement, method, arguments);
        });
    }

    private static String text(@Nullable Object @Nullable [] arguments) {
        return arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
    }

    /**
     * What is run on a connection. A checkpoint of SQLite comes once a second at the most, however many files there are, so that it depends on
     * how fast the machine is; it and the transactions around it are left out.
     */
    private final class Transaction {
        private boolean open;
        private boolean ofCheckpoint;
        private int statements;

        void ran(String sql) {
            switch (sql) {
                case "begin immediate" -> {
                    open = true;
                    ofCheckpoint = false;
                    statements = 1;
                }
                case "commit" -> end(1);
                case "rollback" -> {
                    statements++;
                    end(0);
                }
                default -> {
                    ofCheckpoint |= sql.contains("total_changes()");
                    if (open) {
                        statements++;
                    } else if (!sql.startsWith("pragma wal_checkpoint")) {
                        counts.add("statements", 1);
                    }
                }
            }
        }

        private void end(int transactions) {
            if (!ofCheckpoint || !open) {
                counts.add("statements", statements);
                counts.add("transactions", transactions);
            }
            open = false;
            statements = 0;
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause();
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : idle) {
            connection.close();
        }
    }
}
