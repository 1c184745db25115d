package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The caller's data source. It may be bound to a transaction of the application by whatever means, and a store that worked in that
 * transaction would commit it. So each connection is looked at before anything is done with it, and refused while it is inside one.
 */
final class GivenSource implements ConnectionSource {
    /** A pool that hands out closed connections may have as many of them. */
    private static final int MOST_CLOSED = 32;

    private final DataSource source;
    private final String name;
    private final DriverState driver;
    private final String product;
    private final int version;
    private final String url;
    private final ConnectionWait wait;
    private final PoolCare care;
    private volatile @Nullable String closed; // that all connections were, until one is not
    /** Whether a connection has come with autoCommit on: then one that comes with it off is somebody's. */
    private volatile boolean comesInAutoCommit;

    private GivenSource(
            DataSource source,
            DriverState driver,
            String product,
            int version,
            String url,
            CallThreads threads,
            Duration limit) {
        this.source = source;
        this.care = PoolCare.of(source);
        this.driver = driver;
        this.product = product;
        this.version = version;
        this.url = url;
        this.name = product.equals("PostgreSQL")
                ? "the store at " + PostgresUrl.shown(url)
                : "the store of the given data source";
        this.wait = ConnectionWait.bounded(source, name, threads, limit);
    }

    /**
     * A source, by the first of its connections; whether that is inside a transaction is not looked at yet.
     *
     * @param source gives connections
     * @param first one of them
     * @param threads where the source is asked for more
     * @param limit how long a call waits for one
     */
    static GivenSource of(DataSource source, Connection first, CallThreads threads, Duration limit)
            throws SQLException {
        DatabaseMetaData told = first.getMetaData();
        return new GivenSource(
                source,
                DriverState.of(source, first),
                String.valueOf(told.getDatabaseProductName()),
                told.getDatabaseMajorVersion(),
                String.valueOf(told.getURL()),
                threads,
                limit);
    }

    /** That no connection of use is available, for people; null where one was when the last was asked for. */
    @Nullable
    String problem() {
        String told = closed;
        return told == null ? wait.problem() : told;
    }

    DataSource source() {
        return source;
    }

    DriverState driver() {
        return driver;
    }

    String name() {
        return name;
    }

    String product() {
        return product;
    }

    int version() {
        return version;
    }

    String url() {
        return url;
    }

    @Override
    public void failed(SQLException failure) {
        wait.failed(failure);
    }

    @Override
    public void endWaits() {
        wait.endWaits();
    }

    @Override
    public Connection connection() throws SQLException {
        Connection taken = wait.connection();
        for (int given = 1; driver.isClosed(taken); given++) {
            care.discard(taken);
            LentConnection.close(taken);
            if (given == MOST_CLOSED) {
                throw onlyClosed();
            }
            taken = wait.connection();
        }
        closed = null;
        return outside(taken);
    }

    private BatchEngineException onlyClosed() {
        String told = name
                + Text.format(": the pool gave %d connections, and all were closed before; ", MOST_CLOSED)
                + "have it look at a connection before it lends it (testOnBorrow, validateOnBorrow or testConnectionOnCheckout)";
        closed = told;
        return BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, told);
    }

    private Connection outside(Connection taken) throws SQLException {
        boolean refused = true;
        try {
            requireNoTransaction(taken);
            refused = false;
            return taken;
        } finally {
            if (refused) {
                LentConnection.close(taken);
            }
        }
    }

    /**
     * Refuses a connection of this source that is inside a transaction, having changed nothing of it. Without autoCommit a pool leaves a
     * transaction open by its validation query or its initial SQL; one that has written nothing is such, and is ended.
     */
    void requireNoTransaction(Connection taken) throws SQLException {
        if (driver.isInTransaction(taken)) {
            if (taken.getAutoCommit() || comesInAutoCommit || hasWritten(taken)) {
                throw refused("the driver tells that a transaction is open on it");
            }
            taken.commit(); // what the initial SQL has set is to stay
        }
        if (taken.getAutoCommit()) {
            comesInAutoCommit = true;
        } else if (comesInAutoCommit) {
            throw refused("its autoCommit is off, and others of this source come with it on");
        }
    }

    private static boolean hasWritten(Connection taken) throws SQLException {
        try (var statement = taken.createStatement();
                var rows = statement.executeQuery("select txid_current_if_assigned() is not null")) {
            return !rows.next() || rows.getBoolean(1);
        }
    }

    private BatchEngineException refused(String sign) {
        return BatchEngineException.of(
                ErrorCode.TRANSACTION_ACTIVE,
                name + " did nothing: its data source gave a connection inside a transaction of the application ("
                        + sign
                        + "), which the store would commit; give the store a data source that hands out connections outside"
                        + " of transactions, such as the pool itself, or a url");
    }
}
