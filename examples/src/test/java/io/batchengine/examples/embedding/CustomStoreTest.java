package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine does with the store; {@link CustomStoreContractTest} has the rules that every store keeps. */
class CustomStoreTest {
    private static final JobType TYPE = JobType.of("test_v1");

    @Test
    void an_engine_finds_it_by_name_and_runs_a_batch(@TempDir Path inbox) throws Exception {
        for (int i = 0; i < 2_500; i++) {
            Files.createFile(inbox.resolve(Text.format("file-%04d", i)));
        }
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking(
                        "test_v1", "tst-", job -> job.ordinal() == 7 ? Outcome.failed("seven") : Outcome.succeeded()))
                .store("maps", Map.of())
                .build()) {
            String id = engine.batches().create("dir-inbox", TYPE, "cfg-a").id();
            assertThat(engine.batches().await(id, Duration.ofMinutes(1)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
            assertThat(engine.batches().results(id)).hasSize(2_500);
            assertThat(engine.batches().progress(id).counts())
                    .isEqualTo(FileCounts.builder()
                            .listed(2_500)
                            .succeeded(2_499)
                            .failed(1)
                            .build());

            String retry = engine.batches().retryFailed(id).id();
            engine.batches().await(retry, Duration.ofMinutes(1));
            assertThat(engine.batches().results(retry)).hasSize(1);
            engine.batches().delete(id);
            assertThat(engine.batches().purge(Instant.MAX)).isEqualTo(1);
        }
    }

    @Test
    void a_property_is_refused_as_it_has_none(@TempDir Path inbox) {
        assertThatThrownBy(() -> BatchEngine.builder()
                        .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                        .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> Outcome.succeeded()))
                        .store("maps", Map.of("size", "3"))
                        .build())
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_FAILED))
                .hasMessageContaining("size");
    }

    @Test
    void the_program_runs(@TempDir Path inbox) throws Exception {
        Files.createFile(inbox.resolve("a"));
        assertThat(Printed.by(CustomStore::main, inbox))
                .singleElement()
                .asString()
                .endsWith("is COMPLETED with 1 results in \"maps\"");
    }
}
