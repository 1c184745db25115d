package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.JobFactories;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobType;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnExecutorTest {
    private static final JobType TYPE = JobType.of("test_v1");

    @TempDir
    private Path inbox;

    @Test
    void jobs_run_on_the_services_own_threads() throws Exception {
        writeFiles(50);
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (OwnExecutor service = service(
                JobFactories.blocking("test_v1", "tst-", job -> {
                    threads.add(Thread.currentThread().getName());
                    return Outcome.succeeded();
                }),
                Duration.ofSeconds(30))) {
            Batch batch = service.batches().create("dir-inbox", TYPE, "cfg-default");
            Batch ended = service.batches().await(batch.id(), Duration.ofMinutes(1));
            assertThat(ended.status()).isEqualTo(BatchStatus.COMPLETED);
            assertThat(service.batches().results(ended.id())).hasSize(50);
        }
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("service-"));
    }

    @Test
    void its_health_tells_of_work_and_of_the_end() throws Exception {
        writeFiles(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        OwnExecutor service = service(
                JobFactories.blocking("test_v1", "tst-", job -> {
                    running.countDown();
                    proceed.await();
                    return Outcome.succeeded();
                }),
                Duration.ofSeconds(30));
        try (service) {
            Batch batch = service.batches().create("dir-inbox", TYPE, "cfg-default");
            running.await();
            assertThat(service.health()).isEqualTo(new OwnExecutor.HealthAnswer(200, "UP []"));
            proceed.countDown();
            service.batches().await(batch.id(), Duration.ofMinutes(1));
        }
        assertThat(service.health()).isEqualTo(new OwnExecutor.HealthAnswer(503, "CLOSED []"));
        assertThat(service.isPoolShutDown()).isTrue();
    }

    @Test
    void closing_ends_at_its_deadline_although_a_job_ignores_it() throws Exception {
        writeFiles(1);
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch proceed = new CountDownLatch(1);
        OwnExecutor service = service(
                JobFactories.blocking("test_v1", "tst-", job -> {
                    running.countDown();
                    while (true) {
                        try {
                            proceed.await();
                            return Outcome.succeeded();
                        } catch (InterruptedException ignored) {
                            // A job that does not care.
                        }
                    }
                }),
                Duration.ofMillis(100));
        try {
            var unused = service.batches().create("dir-inbox", TYPE, "cfg-default");
            running.await();
            assertThat(service.stop().stuckJobs()).hasSize(1);
            assertThat(service.health().status()).isEqualTo(503);
        } finally {
            proceed.countDown();
        }
    }

    @Test
    void the_program_runs() throws Exception {
        writeFiles(2);
        assertThat(Printed.by(OwnExecutor::main, inbox))
                .hasSize(2)
                .first()
                .asString()
                .endsWith("is COMPLETED");
    }

    private OwnExecutor service(JobFactory jobs, Duration stopWithin) {
        return new OwnExecutor(inbox, jobs, stopWithin);
    }

    private void writeFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.writeString(inbox.resolve("file-" + i), "x");
        }
    }
}
