package io.batchengine.jdbc.kill;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections that stop their process once, as SIGSTOP does, between the last statement of a transaction that writes settled files and its
 * commit.
 */
final class StoppingDataSource {
    private static final List<String> FILES = List.of("_success", "_file");

    private final AtomicInteger transactionsLeft;

    private StoppingDataSource(int transactions) {
        transactionsLeft = new AtomicInteger(transactions);
    }

    /** Stops in the transaction of this number, from 1, among those that write files. */
    static DataSource of(DataSource source, int transaction) {
        StoppingDataSource stopping = new StoppingDataSource(transaction);
        return proxy(DataSource.class, (self, method, arguments) -> {
            Object answer = call(source, method, arguments);
            return answer instanceof Connection connection ? stopping.connection(connection) : answer;
        });
    }

    private Connection connection(Connection connection) {
        boolean[] writesFiles = new boolean[1];
        return proxy(Connection.class, (self, method, arguments) -> {
            String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text ? text : "";
            writesFiles[0] |= isWriteOfFiles(sql);
            if (method.getName().equals("commit")) {
                stopIf(writesFiles);
            }
            Object answer = call(connection, method, arguments);
            return answer instanceof Statement statement ? statement(statement, sql, writesFiles) : answer;
        });
    }

    /** A prepared statement may be kept from one transaction to the next. */
    private Statement statement(Statement statement, String prepared, boolean[] writesFiles) {
        Class<? extends Statement> type = statement instanceof CallableStatement
                ? CallableStatement.class
                : statement instanceof PreparedStatement ? PreparedStatement.class : Statement.class;
        return proxy(type, (self, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                String sql = arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                        ? text
                        : prepared;
                writesFiles[0] |= isWriteOfFiles(sql);
                if (sql.equalsIgnoreCase("commit")) {
                    stopIf(writesFiles);
                }
            }
            return call(statement, method, arguments);
        });
    }

    private void stopIf(boolean[] writesFiles) {
        if (writesFiles[0] && transactionsLeft.decrementAndGet() == 0) {
            KillChild.signal(ProcessHandle.current().pid(), "STOP");
        }
        writesFiles[0] = false;
    }

    private static boolean isWriteOfFiles(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return lower.contains("insert into") && FILES.stream().anyMatch(lower::contains);
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failure) {
            throw failure.getCause() == null ? failure : failure.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
