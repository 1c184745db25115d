package io.batchengine.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingDeque;
import javax.sql.DataSource;

/** A pool as simple as can be: it looks after nothing, and replaces a connection only where that has been closed. Eldest first. */
final class KeepingPool implements AutoCloseable {
    private final String url;
    private final LinkedBlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
    private final List<Connection> opened = new ArrayList<>();

    KeepingPool(String url, int size) throws SQLException {
        this.url = url;
        for (int i = 0; i < size; i++) {
            idle.add(open());
        }
    }

    private synchronized Connection open() throws SQLException {
        Connection connection = DriverManager.getConnection(url);
        opened.add(connection);
        return connection;
    }

    DataSource dataSource() {
        return (DataSource) Proxy.newProxyInstance(
                KeepingPool.class.getClassLoader(), new Class<?>[] {DataSource.class}, (self, method, args) -> {
                    if (method.getName().equals("getConnection")) {
                        return lend();
                    }
                    throw new SQLException("not served: " + method.getName());
                });
    }

    private Connection lend() throws SQLException, InterruptedException {
        Connection kept = idle.take();
        Connection connection = kept.isClosed() ? open() : kept;
        return (Connection) Proxy.newProxyInstance(
                KeepingPool.class.getClassLoader(), new Class<?>[] {Connection.class}, (self, method, args) -> {
                    if (method.getName().equals("close")) {
                        idle.add(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
    }

    @Override
    public synchronized void close() throws SQLException {
        for (Connection connection : opened) {
            connection.close();
        }
    }
}
