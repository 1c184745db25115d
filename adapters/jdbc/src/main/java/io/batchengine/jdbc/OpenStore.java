package io.batchengine.jdbc;

import java.util.function.LongSupplier;

/**
 * A database that is ready: connected, and with its tables.
 *
 * @param database where calls get their connections
 * @param dialect what it speaks
 * @param tables the names of its tables
 * @param ticker by which it spaces what it does now and then
 */
record OpenStore(Database database, Dialect dialect, Tables tables, LongSupplier ticker) {
    /** The same, with calls on other threads than those of their callers. */
    OpenStore detached(CallThreads threads) {
        return new OpenStore(new DetachedDatabase(database, threads), dialect, tables, ticker);
    }

    /** Looks after the tables of a database that was just opened; closes it where that fails. */
    static OpenStore prepare(Settings settings, Tables tables, Database database, Dialect dialect) {
        boolean ready = false;
        try {
            Schema schema = new Schema(tables, dialect, settings.scripts());
            if (!database.read(schema::isCurrent)) {
                if (!settings.createSchema() || settings.readOnly()) {
                    throw schema.missing(database.toString());
                }
                boolean more = true;
                while (more) {
                    more = database.write(schema::step);
                }
            }
            ready = true;
            return new OpenStore(database, dialect, tables, settings.ticker());
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }
}
