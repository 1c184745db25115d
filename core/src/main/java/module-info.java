import io.batchengine.bundled.NioSourceDirectoryProvider;
import io.batchengine.spi.JobFactoryProvider;
import io.batchengine.spi.SourceDirectoryProvider;
import io.batchengine.spi.store.BatchStoreProvider;

/**
 * The engine, with an in-memory store, a source directory over any file system, and the wire JSON. Jackson is asked for by {@code
 * io.batchengine.json} alone, and only once that is used.
 */
module io.batchengine {
    requires transitive io.batchengine.spi;
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;
    requires com.google.common;
    requires org.slf4j;
    requires static com.google.errorprone.annotations;
    requires static tools.jackson.core;

    exports io.batchengine;
    exports io.batchengine.bundled;
    exports io.batchengine.json;
    exports io.batchengine.limits;

    uses BatchStoreProvider;
    uses JobFactoryProvider;
    uses SourceDirectoryProvider;

    provides SourceDirectoryProvider with
            NioSourceDirectoryProvider;
}
