package io.agroal.api;

import javax.sql.DataSource;

/** As much of the interface of Agroal's pool as a store asks for. */
public interface AgroalDataSource extends DataSource {
    /** Which connections a pool replaces, and how. */
    enum FlushMode {
        ALL,
        IDLE,
        INVALID,
        GRACEFUL,
        LEAK,
        FILL
    }

    /** Replaces connections. */
    void flush(FlushMode mode);
}
