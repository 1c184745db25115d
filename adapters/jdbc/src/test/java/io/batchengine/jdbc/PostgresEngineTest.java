package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import io.batchengine.spi.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresEngineTest {
    private static final int BATCHES = 12;
    private static final int FILES = 50;

    private final Set<String> started = ConcurrentHashMap.newKeySet();

    @Test
    void engines_that_share_a_database_run_every_file_once_and_each_answers_for_all(@TempDir Path inbox)
            throws Exception {
        for (int i = 0; i < FILES; i++) {
            Files.createFile(inbox.resolve(Text.format("file-%02d", i)));
        }
        Map<String, String> store = Map.of("url", TestPostgres.newDatabase());
        List<String> ids = new ArrayList<>();
        try (BatchEngine one = engine(inbox, store);
                BatchEngine two = engine(inbox, store)) {
            for (int i = 0; i < BATCHES; i++) {
                ids.add((i % 2 == 0 ? one : two)
                        .batches()
                        .create("dir-inbox", TestBatches.TYPE, "cfg-a")
                        .id());
            }
            for (String id : ids) {
                assertThat(two.batches().await(id, Duration.ofMinutes(1)).status())
                        .isEqualTo(BatchStatus.COMPLETED);
                assertThat(one.batches().results(id)).hasSize(FILES);
            }
            two.batches().delete(ids.get(0));
            assertThat(one.batches().purge(Instant.MAX)).isEqualTo(BATCHES - 1);
        }
        assertThat(started).hasSize(BATCHES * FILES);
    }

    private BatchEngine engine(Path inbox, Map<String, String> store) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking(
                        "test_v1",
                        "tst-",
                        job -> started.add(job.proposedJobId()) ? Outcome.succeeded() : Outcome.failed("run twice")))
                .store("jdbc", store)
                .build();
    }
}
