package io.batchengine.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A data source as small frameworks have them: while a transaction is open it gives that very connection to whoever asks within its reach,
 * and takes no notice of {@code close}. Nothing can be unwrapped.
 */
final class BoundSource {
    private final DataSource pool;
    private final ThreadLocal<@Nullable Connection> ofThread;
    private final boolean everywhere;
    private volatile @Nullable Connection bound;

    private BoundSource(DataSource pool, ThreadLocal<@Nullable Connection> ofThread, boolean everywhere) {
        this.pool = pool;
        this.ofThread = ofThread;
        this.everywhere = everywhere;
    }

    /** A transaction is seen by the thread that began it. */
    static BoundSource toThread(DataSource pool) {
        return new BoundSource(pool, new ThreadLocal<>(), false);
    }

    /** A transaction is seen by the thread that began it, and by those that this one starts. */
    static BoundSource toThreadAndItsChildren(DataSource pool) {
        return new BoundSource(pool, new InheritableThreadLocal<>(), false);
    }

    /** A transaction is seen by all threads. */
    static BoundSource toAll(DataSource pool) {
        return new BoundSource(pool, new ThreadLocal<>(), true);
    }

    Connection begin() throws SQLException {
        Connection connection = pool.getConnection();
        connection.setAutoCommit(false);
        if (everywhere) {
            bound = connection;
        } else {
            ofThread.set(connection);
        }
        return connection;
    }

    void end(Connection connection, boolean commit) throws SQLException {
        bound = null;
        ofThread.remove();
        if (commit) {
            connection.commit();
        } else {
            connection.rollback();
        }
        connection.setAutoCommit(true);
        connection.close();
    }

    DataSource source() {
        return proxy(DataSource.class, (self, method, args) -> {
            if (!method.getName().equals("getConnection")) {
                throw new SQLFeatureNotSupportedException(method.getName());
            }
            Connection own = everywhere ? bound : ofThread.get();
            return own == null ? pool.getConnection() : unclosable(own);
        });
    }

    private static Connection unclosable(Connection connection) {
        return proxy(
                Connection.class,
                (self, method, args) -> method.getName().equals("close") ? null : call(connection, method, args));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(BoundSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
