/** Tests that prove a plug-in against its contract. */
module io.batchengine.testkit {
    requires transitive io.batchengine.spi;
    requires static org.jspecify;

    exports io.batchengine.testkit;
}
