package io.batchengine.jdbc;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Wrapper;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a pool that a connection is of no use any more, where it does not notice by itself. Most pools look at a connection that gave an
 * error or that is closed when it comes back. Without validation Tomcat's and Agroal hand it out again, to the store and to everybody else.
 * By reflection, since none of them need be there.
 */
final class PoolCare {
    private static final Logger LOG = LoggerFactory.getLogger(PoolCare.class);
    private static final String TOMCAT = "org.apache.tomcat.jdbc.pool.PooledConnection";
    private static final String AGROAL = "io.agroal.api.AgroalDataSource";

    private final @Nullable DataSource source;

    private PoolCare(@Nullable DataSource source) {
        this.source = source;
    }

    /** For the pool of a data source; null: the store's own, which takes care of itself. */
    static PoolCare of(@Nullable DataSource source) {
        return new PoolCare(source);
    }

    /** Has the pool close a connection when it comes back; it is to be given back after this. */
    void discard(Connection handle) {
        DataSource pool = source;
        if (pool == null) {
            return;
        }
        try {
            Object pooled = found(handle, pool, TOMCAT);
            if (pooled != null) {
                method(pooled, TOMCAT, "setDiscarded", boolean.class).invoke(pooled, true);
            }
            Object agroal = found(pool, pool, AGROAL);
            if (agroal != null) {
                flush(agroal);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError other) {
            LOG.debug("a pool can't be told that a connection is closed", other);
        }
    }

    /** Agroal can't be told of one connection; this replaces the idle ones at once and those in use when they come back. */
    private static void flush(Object agroal) throws ReflectiveOperationException {
        Class<?> modes = Class.forName(AGROAL + "$FlushMode", false, loader(agroal));
        for (Object mode : modes.getEnumConstants()) {
            if (mode.toString().equals("GRACEFUL")) {
                method(agroal, AGROAL, "flush", modes).invoke(agroal, mode);
            }
        }
    }

    private static Method method(Object target, String type, String name, Class<?> parameter)
            throws ReflectiveOperationException {
        return Class.forName(type, false, loader(target)).getMethod(name, parameter);
    }

    private static @Nullable ClassLoader loader(Object target) {
        return target.getClass().getClassLoader();
    }

    private static @Nullable Object found(Wrapper wrapper, DataSource pool, String type) {
        try {
            Class<?> wanted = Class.forName(type, false, loader(pool));
            return wanted.isInstance(wrapper) ? wrapper : wrapper.unwrap(wanted);
        } catch (ClassNotFoundException | SQLException | RuntimeException | AbstractMethodError notOfThisPool) {
            return null; // some drivers answer with a ClassCastException
        }
    }
}
