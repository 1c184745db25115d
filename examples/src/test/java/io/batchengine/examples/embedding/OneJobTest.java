package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import io.batchengine.testkit.FakeJobContext;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Tests of one job, without an engine. */
class OneJobTest {
    private final JobFactory factory = JobFactories.blocking("count_v1", "cnt-", job -> {
        try (InputStream in = job.file().open()) {
            long lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .count();
            return job.isStopRequested()
                    ? Outcome.stopped()
                    : lines > 0 ? Outcome.succeeded() : Outcome.failed("no lines");
        }
    });

    @Test
    void a_job_runs_without_an_engine() throws Exception {
        // README:begin fake-job-context
        FakeJobContext context = FakeJobContext.of(JobType.of("count_v1"), file("two\nlines"));
        assertThat(context.run(factory)).isEqualTo(Outcome.succeeded());
        // README:end fake-job-context
    }

    @Test
    void a_job_is_asked_to_stop() throws Exception {
        FakeJobContext context = FakeJobContext.of(JobType.of("count_v1"), file("two\nlines"));
        context.requestStopAfter(0);
        assertThat(context.run(factory)).isEqualTo(Outcome.stopped());
    }

    private static SourceFile file(String content) {
        return new SourceFile() {
            @Override
            public String id() {
                return "dfl-a.txt";
            }

            @Override
            public String name() {
                return "a.txt";
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
            }
        };
    }
}
