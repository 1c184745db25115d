package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CancelAndPurgeTest {
    @TempDir
    private Path inbox;

    @Test
    void both_batches_are_cancelled_and_removed() throws Exception {
        Files.createFile(inbox.resolve("a"));
        List<String> lines = Printed.by(CancelAndPurge::main, inbox);
        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2)).allMatch(line -> line.startsWith("CANCELLED, "));
        assertThat(lines.get(2)).isEqualTo("1 purged");
    }

    @Test
    void nothing_is_older_than_a_month() {
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking("noop_v1", "nop-", job -> Outcome.succeeded()))
                .build()) {
            assertThat(CancelAndPurge.purgeOld(engine)).isZero();
        }
    }
}
