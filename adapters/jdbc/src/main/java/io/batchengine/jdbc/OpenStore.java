package io.batchengine.jdbc;

/**
 * A database that is ready: connected, and with its tables.
 *
 * @param database where calls get their connections
 * @param dialect what it speaks
 */
record OpenStore(Database database, Dialect dialect) {
    /** Looks after the tables of a database that was just opened; closes it where that fails. */
    static OpenStore prepare(Settings settings, Database database, Dialect dialect) {
        boolean ready = false;
        try {
            Schema schema = new Schema(settings.tables(), dialect);
            if (!database.read(schema::isCurrent)) {
                if (!settings.createSchema() || settings.readOnly()) {
                    throw schema.missing(database.toString());
                }
                database.write(session -> {
                    schema.create(session);
                    return true;
                });
            }
            ready = true;
            return new OpenStore(database, dialect);
        } finally {
            if (!ready) {
                database.close();
            }
        }
    }
}
