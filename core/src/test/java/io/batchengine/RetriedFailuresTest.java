package io.batchengine;

import static io.batchengine.support.TestFactories.TYPE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.JobRecord;
import io.batchengine.model.JobStatus;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.RetryPolicy.Failure;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.support.ListedDirectory;
import io.batchengine.support.ManualMachine;
import io.batchengine.support.TestFactories;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures a batch retries: any other is the end of its file, at once. */
class RetriedFailuresTest {
    private static final RetryPolicy THREE =
            RetryPolicy.of(3).withBackoff(Duration.ofSeconds(10), Duration.ofSeconds(15));

    private final ManualMachine machine = new ManualMachine();
    private final InMemoryBatchStore store = new InMemoryBatchStore(machine::nanos);
    private final ListedDirectory directory = new ListedDirectory().with("dir-a", "a");

    /** How an attempt may fail so that another one could do better. */
    enum Failing {
        REFUSED(Failure.CREATION, "busy"),
        NOT_CREATED(Failure.CREATION, "IllegalStateException: busy"),
        CREATION_TIMED_OUT(Failure.TIMEOUT, "the creation of the job timed out after PT5S"),
        FAILED(Failure.EXECUTION, "busy"),
        FAILED_LATER(Failure.EXECUTION, "busy"),
        THREW(Failure.EXECUTION, "IllegalStateException: busy"),
        STOPPED_AT_ITS_TIMEOUT(Failure.TIMEOUT, "timed out after PT5S"),
        FAILED_AT_ITS_TIMEOUT(Failure.TIMEOUT, "busy");

        final Failure failure;
        final String message;

        Failing(Failure failure, String message) {
            this.failure = failure;
            this.message = message;
        }
    }

    private JobCreation fail(Failing how) {
        return switch (how) {
            case REFUSED -> new JobCreation.Refused("busy", true);
            case NOT_CREATED -> throw new IllegalStateException("busy");
            case CREATION_TIMED_OUT -> {
                machine.advance(Duration.ofSeconds(6));
                throw new IllegalStateException("interrupted");
            }
            case FAILED -> JobCreation.created(Job.blocking(job -> Outcome.failedRetryably("busy")));
            case FAILED_LATER ->
                JobCreation.created(Job.async(job -> {
                    CompletableFuture<Outcome> end = new CompletableFuture<>();
                    machine.timer()
                            .schedule(() -> end.complete(Outcome.failedRetryably("busy")), Duration.ofSeconds(1));
                    return end;
                }));
            case THREW ->
                JobCreation.created((Job.BlockingJob) job -> {
                    throw new IllegalStateException("busy");
                });
            case STOPPED_AT_ITS_TIMEOUT -> JobCreation.created(Job.async(job -> whenStopped(job, Outcome.stopped())));
            case FAILED_AT_ITS_TIMEOUT ->
                JobCreation.created(Job.async(job -> whenStopped(job, Outcome.failedRetryably("busy"))));
        };
    }

    private static CompletableFuture<Outcome> whenStopped(JobContext job, Outcome outcome) {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        job.onStopRequested(() -> end.complete(outcome));
        return end;
    }

    @ParameterizedTest
    @EnumSource
    void what_a_policy_does_not_name_is_not_retried_and_ends_as_what_it_is(Failing how) {
        assertThat(attempts(how, EnumSet.complementOf(EnumSet.of(how.failure)))).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void what_a_policy_names_is_retried(Failing how) {
        assertThat(attempts(how, EnumSet.of(how.failure))).isEqualTo(3);
    }

    private int attempts(Failing how, Set<Failure> retried) {
        BatchEngine engine = machine.engine(1)
                .sourceDirectory(directory)
                .jobFactory(TestFactories.creating(request -> fail(how)))
                .store(store)
                .build();
        String id = create(
                engine,
                BatchOptions.DEFAULT.withRetry(THREE.withRetryOn(retried)).withJobTimeout(Duration.ofSeconds(5)));
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        boolean mapped = switch (how) {
            case REFUSED, NOT_CREATED, CREATION_TIMED_OUT -> false;
            default -> true;
        };
        SettledFile settled = requireNonNull(
                store.files(FileQuery.InBatch.of(id, 0, 1, Set.of(), 1)).get(0).settled());
        assertThat(settled.outcome()).isEqualTo(mapped ? FileOutcome.FAILED : FileOutcome.MAPPING_ERROR);
        assertThat(settled.message()).isEqualTo(how.message);
        return settled.attempts();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_had_a_job_before_has_failed_though_its_refusal_is_not_retried(boolean takenOver) {
        ManualMachine.Simulated process = machine.process();
        BatchEngine first = jobThenRefusal(process);
        String id = create(first, BatchOptions.DEFAULT.withRetry(THREE.withRetryOn(Set.of(Failure.EXECUTION))));
        machine.run();
        if (takenOver) {
            process.kill();
            machine.advance(Duration.ofMinutes(1)); // its lease
        }
        BatchEngine engine = takenOver ? jobThenRefusal(machine.process()) : first;
        machine.advanceUntil(() -> engine.batches().get(id).status().isTerminal());
        JobRecord job = engine.batches().jobs(id).findFirst().orElseThrow();
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.attempts()).isEqualTo(2);
        assertThat(job.errorMessage()).isEqualTo("registry is down");
    }

    private BatchEngine jobThenRefusal(ManualMachine.Simulated process) {
        return process.engine(1)
                .sourceDirectory(directory)
                .store(store)
                .jobFactory(TestFactories.creating(request -> request.attempt() == 1
                        ? JobCreation.created(Job.blocking(job -> Outcome.failedRetryably("busy")))
                        : new JobCreation.Refused("registry is down", true)))
                .build();
    }

    private static String create(BatchEngine engine, BatchOptions options) {
        return engine.batches()
                .create(CreateBatch.of("dir-a", TYPE, "cfg").withOptions(options))
                .id();
    }
}
