package io.batchengine.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections are watched, and fail one SQL text when told to. */
final class Faulty {
    /** What opens the connections behind it. */
    interface Opener {
        Connection open() throws SQLException;
    }

    final List<Connection> opened = new CopyOnWriteArrayList<>();
    /** The SQL texts that statements of no preparation have run. */
    final List<String> executed = new CopyOnWriteArrayList<>();

    final AtomicBoolean wasClosed = new AtomicBoolean();
    private final Opener opener;
    private volatile @Nullable String failing;
    private volatile @Nullable SQLException failure;
    private volatile boolean afterwards;
    private volatile @Nullable String delayed;
    private volatile Runnable delay = () -> {};
    private volatile Consumer<String> spy = sql -> {};

    Faulty(Opener opener) {
        this.opener = opener;
    }

    /** The next statement of this text fails: instead of being run, or after it was. */
    void fail(String sql, SQLException with, boolean after) {
        failure = with;
        afterwards = after;
        failing = sql;
    }

    /** Runs a task before the next statement of this text. */
    void before(String sql, Runnable task) {
        delay = task;
        delayed = sql;
    }

    /** Tells every SQL text that is prepared. */
    DataSource spying(Consumer<String> prepared) {
        spy = prepared;
        return dataSource();
    }

    /** Is closeable, as pools are. */
    DataSource dataSource() {
        return proxy(DataSource.class, new Class<?>[] {DataSource.class, AutoCloseable.class}, (self, method, args) -> {
            if (method.getName().equals("close")) {
                wasClosed.set(true);
                return null;
            }
            if (!method.getName().equals("getConnection")) {
                throw new SQLFeatureNotSupportedException(method.getName());
            }
            Connection connection = opener.open();
            opened.add(connection);
            return watched(connection);
        });
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, new Class<?>[] {Connection.class}, (self, method, args) -> {
            if (method.getName().equals("commit")) {
                return run("commit", () -> call(connection, method, args));
            }
            if (method.getName().equals("prepareStatement") && args != null) {
                spy.accept((String) args[0]);
            }
            Object answer = call(connection, method, args);
            return answer instanceof Statement statement && method.getName().equals("createStatement")
                    ? watched(statement)
                    : answer;
        });
    }

    private Statement watched(Statement statement) {
        return proxy(Statement.class, new Class<?>[] {Statement.class}, (self, method, args) -> {
            boolean executes = method.getName().equals("execute") && args != null;
            return executes ? run(args[0], () -> call(statement, method, args)) : call(statement, method, args);
        });
    }

    private interface Call {
        @Nullable
        Object run() throws Throwable;
    }

    private @Nullable Object run(Object sql, Call call) throws Throwable {
        executed.add(sql.toString());
        if (sql.equals(delayed)) {
            delayed = null;
            delay.run();
        }
        SQLException thrown = failure;
        if (!sql.equals(failing) || thrown == null) {
            return call.run();
        }
        failing = null;
        if (afterwards) {
            call.run();
        }
        throw thrown;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] args) throws Throwable {
        try {
            return method.invoke(target, args);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, Class<?>[] types, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Faulty.class.getClassLoader(), types, handler));
    }
}
