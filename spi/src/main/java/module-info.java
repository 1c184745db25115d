/**
 * The batch model and the three plug-in interfaces of Batch Engine. JDK types only.
 */
module io.batchengine.spi {
    requires static transitive org.apiguardian.api;
    requires static transitive org.jspecify;

    exports io.batchengine.model;
    exports io.batchengine.spi;
    exports io.batchengine.spi.store;
}
