package io.batchengine.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's driver knows of a connection without asking the server: whether a transaction is open, who serves it. By reflection, since the driver
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
        return find(first, Arrays.asList(DriverState.class, first.getClass(), source.getClass()));
    }

    /** The state of connections like this one. */
    static DriverState of(Connection first) {
        return find(first, Arrays.asList(DriverState.class, first.getClass()));
    }

    private static DriverState find(Connection first, List<Class<?>> places) {
        for (Class<?> near : places) {
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

    /** The process of the server that serves a connection, as the server told it at the start; empty where the driver keeps none. */
    OptionalInt toldProcess(Connection connection) {
        Object told = ask(connection, "getBackendPID");
        return told instanceof Integer process ? OptionalInt.of(process) : OptionalInt.empty();
    }

    /** Keeps the driver from giving statements a name in the server's session, until the connection goes back. */
    void prepareNothing(LentConnection lent) {
        Connection connection = lent.connection();
        if (ask(connection, "getPrepareThreshold") instanceof Integer before && before != 0) {
            setPrepareThreshold(connection, 0);
            lent.atReturn(() -> setPrepareThreshold(connection, before));
        }
    }

    private void setPrepareThreshold(Connection connection, int threshold) {
        Object known = transactionState == null ? null : unwrap(connection, transactionState.getDeclaringClass());
        try {
            if (known != null && transactionState != null) {
                transactionState
                        .getDeclaringClass()
                        .getMethod("setPrepareThreshold", int.class)
                        .invoke(known, threshold);
            }
        } catch (ReflectiveOperationException other) {
            // A driver that has no such setting, then.
        }
    }

    private @Nullable Object ask(Connection connection, String getter) {
        Object known = transactionState == null ? null : unwrap(connection, transactionState.getDeclaringClass());
        try {
            return known == null || transactionState == null
                    ? null
                    : transactionState.getDeclaringClass().getMethod(getter).invoke(known);
        } catch (ReflectiveOperationException other) {
            return null;
        }
    }

    /** The driver's connection behind whatever wraps it, or the connection itself where that can't be found. */
    Connection physical(Connection connection) {
        Object known = transactionState == null ? null : unwrap(connection, transactionState.getDeclaringClass());
        return known instanceof Connection physical ? physical : connection;
    }

    /** Whether the driver has closed a connection, whatever its pool knows of it. Asks the server nothing. */
    boolean isClosed(Connection connection) {
        try {
            if (transactionState != null
                    && !transactionState.getDeclaringClass().isInstance(connection)) {
                Object known = connection.unwrap(transactionState.getDeclaringClass());
                return known instanceof Connection physical && physical.isClosed();
            }
            return connection.isClosed();
        } catch (SQLException failure) {
            String state = failure.getSQLState();
            return state != null && state.startsWith("08"); // the driver does not unwrap what is closed
        } catch (RuntimeException | AbstractMethodError notTold) {
            return false;
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
