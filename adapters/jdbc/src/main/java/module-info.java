/** A durable batch store on SQLite, embedded, or on PostgreSQL, shared by several engines. */
module io.batchengine.jdbc {
    requires transitive io.batchengine.spi;
    requires static org.jspecify;

    exports io.batchengine.jdbc;
}
