package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** The keys in the logging context of job code; logback keeps the context in these tests. */
class LoggingContextTest {
    private final ManualMachine machine = new ManualMachine();
    private final List<Map<String, String>> seen = new ArrayList<>();

    @AfterEach
    void clear() {
        MDC.clear();
    }

    @Test
    void job_code_sees_batch_file_and_attempt_and_nothing_that_another_job_left() {
        MDC.put("service", "inbox");
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(new ListedDirectory().with("dir-a", "a\nb\u202e", "c"))
                .jobFactory(TestFactories.creating(request -> JobCreation.created(Job.blocking(job -> {
                    seen.add(Map.copyOf(MDC.getCopyOfContextMap()));
                    MDC.put("left", "behind");
                    MDC.remove("service");
                    return Outcome.succeeded();
                }))))
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(engine.batches().get(id).status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(seen)
                .containsExactly(
                        Map.of(
                                "service", "inbox",
                                "batchengine.batchId", id,
                                "batchengine.fileId", "a\\u000ab\\u202e",
                                "batchengine.attempt", "1"),
                        Map.of(
                                "service", "inbox",
                                "batchengine.batchId", id,
                                "batchengine.fileId", "c",
                                "batchengine.attempt", "1"));
        assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("service", "inbox"));
    }
}
