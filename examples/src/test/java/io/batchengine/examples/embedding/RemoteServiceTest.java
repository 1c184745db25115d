package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.BatchEngine;
import io.batchengine.Batches;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.examples.embedding.RemoteService.RemoteJobs;
import io.batchengine.examples.embedding.RemoteService.Service;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A remote service, on real sockets of this machine. */
class RemoteServiceTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path inbox;

    @Test
    void hundreds_of_jobs_run_on_two_threads_with_the_services_own_ids() throws Exception {
        run(200);
    }

    @Test
    @Tag("long")
    void a_thousand_jobs_run_on_two_threads_with_the_services_own_ids() throws Exception {
        run(1_000);
    }

    /** Each refusal lowers how many jobs run at a time, so most of the time is waiting. */
    private void run(int files) throws Exception {
        writeFiles(files);
        try (Service service = Service.start(Duration.ofMillis(50));
                BatchEngine engine = engine(service, 250)) {
            Batches batches = engine.batches();
            Batch ended = batches.await(
                    batches.create("dir-inbox", RemoteService.TYPE, "cfg-default")
                            .id(),
                    LONG);
            assertThat(ended.status()).isEqualTo(BatchStatus.COMPLETED);
            List<JobRecord> jobs = batches.jobs(ended.id()).toList();
            assertThat(jobs)
                    .hasSize(files)
                    .allMatch(job -> job.status() == JobStatus.COMPLETED)
                    .allMatch(job -> job.attempts() == 1, "being refused costs no attempt");
            assertThat(service.refusals()).isGreaterThanOrEqualTo(files / 50);
            assertThat(service.jobs().values())
                    .as("one job for each file, however often it was asked for")
                    .containsExactlyInAnyOrderElementsOf(
                            jobs.stream().map(JobRecord::id).toList());
            assertThat(batches.job(jobs.get(files - 1).reference())).isEqualTo(jobs.get(files - 1));
        }
    }

    @Test
    void cancelling_the_batch_cancels_its_requests() throws Exception {
        writeFiles(20);
        try (Service service = Service.start(Duration.ofDays(1));
                BatchEngine engine = engine(service, 10)) {
            Batches batches = engine.batches();
            String id = batches.create("dir-inbox", RemoteService.TYPE, "cfg-default")
                    .id();
            await().until(() -> batches.progress(id).inFlight() == 10);
            batches.cancel(id);
            // The grace time is a day too: only a job that has stopped lets its batch end.
            assertThat(batches.await(id, LONG).status()).isEqualTo(BatchStatus.CANCELLED);
            assertThat(batches.jobs(id)).allMatch(job -> job.status() == JobStatus.CANCELLED);
            assertThat(engine.health().jobsInFlight()).isZero();
        }
    }

    @Test
    void the_program_runs() throws Exception {
        writeFiles(3);
        assertThat(Printed.by(RemoteService::main, inbox))
                .singleElement()
                .asString()
                .endsWith("is COMPLETED: 3 files, 6 answers of the service, 0 of them \"too many requests\"");
    }

    private BatchEngine engine(Service service, int maxInFlight) {
        return BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(new RemoteJobs(service.uri()))
                .threads(2)
                .maxInFlight(maxInFlight)
                .stopGrace(Duration.ofDays(1))
                .build();
    }

    private void writeFiles(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Files.writeString(inbox.resolve(Text.format("file-%04d.txt", i)), "some text");
        }
    }
}
