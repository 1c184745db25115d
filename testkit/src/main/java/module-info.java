/**
 * Tests that prove a plug-in against its contract, decorators that check and disturb the calls between an engine and its plug-ins, and a
 * simulator that runs engines in simulated time with faults.
 */
module io.batchengine.testkit {
    requires static transitive org.apiguardian.api;
    requires transitive io.batchengine;
    requires transitive io.batchengine.spi;
    requires static org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires org.assertj.core;
    requires static info.picocli;

    exports io.batchengine.testkit;
    exports io.batchengine.testkit.fault;
    exports io.batchengine.testkit.invariant;
    exports io.batchengine.testkit.machine;
    exports io.batchengine.testkit.simulation;

    opens io.batchengine.testkit to
            org.junit.platform.commons;
    opens io.batchengine.testkit.simulation to
            info.picocli;
}
