package io.batchengine.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.SQLException;

/** The connections that a store on SQLite keeps of the caller's data source for as long as it is open. */
final class GivenConnections {
    private final GivenSource source;
    private final int writers;
    private final int readers;
    private int taken;

    GivenConnections(GivenSource source, boolean readOnly, int readers) {
        this.source = source;
        this.writers = readOnly ? 0 : 1;
        this.readers = readers;
    }

    /** Refuses a pool that is known to be too small, rather than waiting for what never comes. */
    void requireRoom() {
        HikariDataSource pool = Unpooled.hikari(source.source());
        if (pool != null && pool.getMaximumPoolSize() < writers + readers) {
            throw Failures.invalid(needs(Text.format("the pool has %d at the most", pool.getMaximumPoolSize())));
        }
    }

    LentConnection next() throws SQLException {
        try {
            LentConnection lent = LentConnection.inAutoCommit(source.connection(), null);
            taken++;
            return lent;
        } catch (BatchEngineException failure) {
            String none = source.problem();
            throw none == null ? failure : Failures.unavailable(needs(none), cause(failure));
        }
    }

    /** What is done with a connection that goes back at once. */
    interface Once<T> {
        T with(Connection connection) throws SQLException;
    }

    <T> T once(Once<T> once) throws SQLException {
        LentConnection lent = LentConnection.inAutoCommit(source.connection(), null);
        try {
            return once.with(lent.connection());
        } finally {
            lent.close();
        }
    }

    private static Throwable cause(BatchEngineException failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : cause;
    }

    private String needs(String instead) {
        return source.name()
                + Text.format(
                        " needs %d connections for as long as it is open, %d to write and %d to read, and has got %d: ",
                        writers + readers, writers, readers, taken)
                + instead
                + "; enlarge the pool, or have fewer to read by poolSize(n)";
    }
}
