package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.BatchEngineBuilder;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.limits.Limits;
import io.batchengine.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLimitsTest {
    @TempDir
    private Path inbox;

    @Test
    void the_held_batch_tells_why_it_waits_and_then_ends() throws Exception {
        Files.createFile(inbox.resolve("a"));
        List<String> lines = Printed.by(ChangeLimits::main, inbox);
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("THROTTLED by PROJECT_IN_FLIGHT_LIMIT: project \"prj-import\" ");
        assertThat(lines.get(1)).matches("since \\S+Z, until null");
        assertThat(lines.get(2)).isEqualTo("COMPLETED with 200 in flight at most");
    }

    @Test
    void limits_come_from_a_supplier() {
        BatchEngineBuilder builder = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()));
        ChangeLimits.asking(builder, () -> Limits.DEFAULT.withMaxInFlight(7));
        try (BatchEngine engine = builder.build()) {
            assertThat(engine.limits().maxInFlight()).isEqualTo(7);
        }
    }
}
