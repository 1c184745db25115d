package io.batchengine.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool of which nothing can be found out, and which looks whether its connections come back as they went, before it resets them. */
final class OpaqueSource {
    /** What a connection came back with that it did not go with. */
    final List<String> changed = new CopyOnWriteArrayList<>();

    private final DataSource pool;

    OpaqueSource(DataSource pool) {
        this.pool = pool;
    }

    DataSource source() {
        return proxy(DataSource.class, (self, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                throw new SQLFeatureNotSupportedException(method.getName());
            }
            Connection connection = pool.getConnection();
            List<String> went = settings(connection);
            return proxy(Connection.class, (handle, call, values) -> {
                if (call.getName().equals("close") && !connection.isClosed()) {
                    List<String> came = settings(connection);
                    if (!came.equals(went)) {
                        changed.add(went + " became " + came);
                    }
                }
                return call(connection, call, values);
            });
        });
    }

    private static List<String> settings(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        found.add("autoCommit=" + connection.getAutoCommit());
        found.add("readOnly=" + connection.isReadOnly());
        found.add("networkTimeout=" + connection.getNetworkTimeout());
        return found;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(OpaqueSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
