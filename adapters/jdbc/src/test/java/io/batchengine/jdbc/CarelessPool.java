package io.batchengine.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A pool with the faults of several that are in use: it lets callers wait for ever, as DBCP 2 and c3p0 do by default; it hands out closed
 * connections, as Tomcat's and Agroal do without validation; and it loses a place where the handle was aborted, as c3p0 does.
 */
final class CarelessPool implements AutoCloseable {
    private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
    private final List<Connection> opened = new ArrayList<>();
    private final boolean interruptible;

    /** A pool, whose waits end on an interrupt or never. */
    CarelessPool(String url, int size, boolean interruptible) throws SQLException {
        this.interruptible = interruptible;
        for (int i = 0; i < size; i++) {
            add(url);
        }
    }

    /** Has one connection more to give. */
    void add(String url) throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        opened.add(connection);
        idle.add(connection);
    }

    int idle() {
        return idle.size();
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                CarelessPool.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    if (method.getName().equals("getConnection")) {
                        return handle(take());
                    }
                    throw new SQLException("not served: " + method.getName());
                });
    }

    private Connection take() throws SQLException {
        for (; ; ) {
            try {
                return idle.take();
            } catch (InterruptedException interrupt) {
                if (interruptible) {
                    throw new SQLException("interrupted", interrupt);
                }
            }
        }
    }

    private Connection handle(Connection connection) {
        AtomicBoolean returned = new AtomicBoolean();
        return (Connection) Proxy.newProxyInstance(
                CarelessPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    switch (method.getName()) {
                        case "close" -> {
                            if (returned.compareAndSet(false, true)) {
                                idle.add(connection);
                            }
                            return null;
                        }
                        case "abort" -> returned.set(true);
                        case "isClosed" -> {
                            return returned.get();
                        }
                        default -> {}
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }
}
