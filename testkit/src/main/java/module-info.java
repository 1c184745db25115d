/** Tests that prove a plug-in against its contract. */
module io.batchengine.testkit {
    requires transitive io.batchengine.spi;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;

    exports io.batchengine.testkit;

    opens io.batchengine.testkit to
            org.junit.platform.commons;
}
