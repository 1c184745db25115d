/** Tests that prove a plug-in against its contract, and decorators that check and disturb the calls between an engine and its plug-ins. */
module io.batchengine.testkit {
    requires transitive io.batchengine.spi;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires org.assertj.core;

    exports io.batchengine.testkit;
    exports io.batchengine.testkit.fault;

    opens io.batchengine.testkit to
            org.junit.platform.commons;
}
