package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a job factory or a job does to one file, the files before and behind it succeed and the batch completes. */
class JobFaultsTest {
    private static final JobCreation GOOD = JobCreation.created(Job.blocking(job -> Outcome.succeeded()));

    private static Stream<Arguments> mappingErrors() {
        return Stream.of(
                create(
                        "throws",
                        request -> {
                            throw new IllegalStateException("quota exceeded");
                        },
                        "IllegalStateException: quota exceeded"),
                create(
                        "throws an Error",
                        request -> {
                            throw new StackOverflowError();
                        },
                        "StackOverflowError"),
                create(
                        "runs out of memory",
                        request -> {
                            throw new OutOfMemoryError("Java heap space");
                        },
                        "OutOfMemoryError: Java heap space"),
                create(
                        "throws with a root cause",
                        request -> {
                            throw new IllegalStateException("no job", new IOException("vault is sealed"));
                        },
                        "IllegalStateException: no job; root cause: IOException: vault is sealed"),
                create("answers null", request -> nothing(), "the job factory answered null"),
                create("creates without a job", request -> JobCreation.created(nothing()), "without a job"),
                create("refuses", request -> JobCreation.refused("not\na\u202epdf"), "not\\u000aa\\u202epdf"),
                create("refuses with null", request -> JobCreation.refused(nothing()), "null"),
                create(
                        "gives a wrong prefix",
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()), "pjb-1"),
                        "tst-"),
                create(
                        "gives an empty id",
                        request -> JobCreation.created(Job.blocking(job -> Outcome.succeeded()), ""),
                        "is empty"),
                create("waits a negative time", request -> JobCreation.notNow(Duration.ofSeconds(-1)), "PT-1S"),
                create(
                        "throws with a message that throws",
                        request -> {
                            throw new Unspeakable();
                        },
                        "Unspeakable"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mappingErrors")
    void a_factory_that(String does, JobFactory factory, String message) {
        Run run = run(factory);
        assertThat(run.batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(run.results).extracting(BatchResult::sourceDirectoryFileId).containsExactly("a", "bad", "c");
        assertThat(run.results.get(1).jobReference()).isNull();
        assertThat(run.results.get(1).errorMessage()).contains(message).hasSizeLessThan(2_100);
        assertThat(run.results.get(0).errorMessage()).isNull();
        assertThat(run.results.get(2).errorMessage()).isNull();
        assertThat(run.jobs).extracting(JobRecord::status).containsExactly(JobStatus.COMPLETED, JobStatus.COMPLETED);
    }

    private static Stream<Arguments> jobFailures() {
        return Stream.of(
                blocking("fails", job -> Outcome.failed("page 3 is\tbroken"), "page 3 is\\u0009broken"),
                blocking("fails with null", job -> Outcome.failed(nothing()), "null"),
                blocking(
                        "throws",
                        job -> {
                            throw new IOException("disk");
                        },
                        "IOException: disk"),
                blocking(
                        "throws an Error",
                        job -> {
                            throw new NoClassDefFoundError("x/Y");
                        },
                        "NoClassDefFoundError: x/Y"),
                blocking(
                        "throws 100 MB of message",
                        job -> {
                            throw new IllegalStateException("x".repeat(100_000_000));
                        },
                        "xxxxxxxx"),
                blocking(
                        "throws with a root cause",
                        job -> {
                            throw new IllegalStateException(
                                    "can't read", new IOException("no bytes", new ZipException("entry gone")));
                        },
                        "IllegalStateException: can't read; root cause: ZipException: entry gone"),
                async(
                        "fails in a later stage with a root cause",
                        job -> CompletableFuture.failedFuture(new CompletionException(new ExecutionException(
                                new IOException("can't send", new IllegalStateException("pipe broken"))))),
                        "IOException: can't send; root cause: IllegalStateException: pipe broken"),
                blocking("answers null", job -> nothing(), "the job answered null"),
                blocking("stops unasked", job -> Outcome.stopped(), "without having been asked"),
                blocking("waits a null time", job -> Outcome.notNow(nothing()), "wait of null"),
                async("answers a null stage", job -> nothing(), "null instead of a stage"),
                async(
                        "throws at its start",
                        job -> {
                            throw new IllegalStateException("no connection");
                        },
                        "no connection"),
                async(
                        "completes with null",
                        job -> CompletableFuture.completedFuture(nothing()),
                        "null instead of an outcome"),
                async(
                        "has failed already",
                        job -> CompletableFuture.failedFuture(new IllegalStateException("418")),
                        "418"),
                async("completes twice and then throws", job -> new TwiceStage(), "first"),
                async(
                        "was cancelled by others",
                        job -> {
                            CompletableFuture<Outcome> future = new CompletableFuture<>();
                            future.cancel(true);
                            return future;
                        },
                        "CancellationException"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobFailures")
    void a_job_that(String does, JobFactory factory, String message) {
        Run run = run(factory);
        assertThat(run.batch.status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(run.results).hasSize(3).allMatch(result -> result.errorMessage() == null);
        assertThat(run.jobs)
                .extracting(JobRecord::status)
                .containsExactly(JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.COMPLETED);
        assertThat(run.jobs.get(1).errorMessage()).contains(message).hasSizeLessThan(2_100);
        assertThat(run.jobs.get(1).reference()).isEqualTo(run.results.get(1).jobReference());
    }

    private record Run(Batch batch, List<BatchResult> results, List<JobRecord> jobs) {}

    private static Run run(JobFactory factory) {
        ManualMachine machine = new ManualMachine();
        BatchEngine engine = machine.engine()
                .sourceDirectory(new ListedDirectory().with("dir-a", "a", "bad", "c"))
                .jobFactory(factory)
                .build();
        String id = engine.batches().create("dir-a", TYPE, "cfg").id();
        machine.run();
        assertThat(engine.health().problems()).isEmpty();
        assertThat(engine.health().jobsInFlight()).isZero();
        return new Run(
                engine.batches().get(id),
                engine.batches().results(id).toList(),
                engine.batches().jobs(id).toList());
    }

    private static Arguments create(String does, TestFactories.Create bad, String message) {
        JobFactory factory =
                TestFactories.creating(request -> request.file().id().equals("bad") ? bad.create(request) : GOOD);
        return Arguments.of(does, factory, message);
    }

    private static Arguments blocking(String does, Job.BlockingJob bad, String message) {
        return create(does, request -> JobCreation.created(bad), message);
    }

    private static Arguments async(String does, Job.AsyncJob bad, String message) {
        return create(does, request -> JobCreation.created(bad), message);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // what a plug-in against its contract gives
    private static <T> T nothing() {
        return null;
    }

    /** Calls back twice, then throws. */
    private static final class TwiceStage extends CompletableFuture<Outcome> {
        @Override
        public CompletableFuture<Outcome> whenComplete(BiConsumer<? super Outcome, ? super Throwable> action) {
            action.accept(Outcome.failed("first"), null);
            action.accept(Outcome.succeeded(), null);
            throw new IllegalStateException("third");
        }
    }

    private static final class Unspeakable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }
}
