package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteEngineTest {
    @Test
    void an_engine_finds_it_by_name_runs_a_batch_and_another_reads_it(@TempDir Path folder) throws Exception {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        for (int i = 0; i < 2_500; i++) {
            Files.createFile(inbox.resolve(Text.format("file-%04d", i)));
        }
        Map<String, String> store = Map.of("url", "jdbc:sqlite:" + folder.resolve("batches.db"));
        String id;
        try (BatchEngine engine = engine(inbox, store)) {
            id = engine.batches().create("dir-inbox", TestBatches.TYPE, "cfg-a").id();
            assertThat(engine.batches().await(id, Duration.ofMinutes(1)).status())
                    .isEqualTo(BatchStatus.COMPLETED);
        }
        try (BatchEngine engine = engine(inbox, store)) {
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

    private static BatchEngine engine(Path inbox, Map<String, String> store) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking(
                        "test_v1", "tst-", job -> job.ordinal() == 7 ? Outcome.failed("seven") : Outcome.succeeded()))
                .store("jdbc", store)
                .build();
    }
}
