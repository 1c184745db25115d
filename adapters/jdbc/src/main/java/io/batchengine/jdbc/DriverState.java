package io.batchengine.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's driver knows of a connection without asking the server: whether a transaction is open. By reflection, since the driver
 * may be missing, or be another class loader's.
 */
final class DriverState {
    private static final String CONNECTION = "org.postgresql.core.BaseConnection";
    private static final String OUTSIDE = "IDLE";

    private final @Nullable Method transactionState; // null: another driver, or one that can't be found

    private DriverState(@Nullable Method transactionState) {
        this.transactionState = transactionState;
    }

    /** The state of the connections that a data source gives. */
    static DriverState of(DataSource source, Connection first) {
        for (Class<?> near : Arrays.asList(DriverState.class, first.getClass(), source.getClass())) {
            try {
                Class<?> type = Class.forName(CONNECTION, false, near.getClassLoader());
                if (unwrap(first, type) != null) {
                    return new DriverState(type.getMethod("getTransactionState"));
                }
            } catch (ReflectiveOperationException | LinkageError notThere) {
                // Another loader may have it.
            }
        }
        return new DriverState(null);
    }

    boolean isInTransaction(Connection connection) throws SQLException {
        Object known = transactionState == null ? null : unwrap(connection, transactionState.getDeclaringClass());
        if (known == null || transactionState == null) {
            return false;
        }
        try {
            return transactionState.invoke(known) instanceof Enum<?> state
                    && !state.name().equals(OUTSIDE);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new SQLException("the driver does not tell whether a transaction is open", e);
        }
    }

    /** Wrappers of all kinds are met here, some of which do not keep to what JDBC says of wrappers. */
    private static @Nullable Object unwrap(Connection connection, Class<?> type) {
        if (type.isInstance(connection)) {
            return connection;
        }
        try {
            Object found = connection.unwrap(type);
            return type.isInstance(found) ? found : null;
        } catch (SQLException | RuntimeException | AbstractMethodError notWrapped) {
            return null;
        }
    }
}
