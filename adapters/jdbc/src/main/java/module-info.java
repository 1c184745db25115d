/** A durable batch store on SQLite, embedded, or on PostgreSQL, shared by several engines. */
module io.batchengine.jdbc {
    requires static transitive org.apiguardian.api;
    requires transitive io.batchengine.spi;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports io.batchengine.jdbc;

    provides io.batchengine.spi.store.BatchStoreProvider with
            io.batchengine.jdbc.JdbcBatchStoreProvider;
}
