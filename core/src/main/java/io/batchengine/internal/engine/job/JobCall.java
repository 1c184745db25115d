package io.batchengine.internal.engine.job;

import io.batchengine.model.Ids;
import io.batchengine.model.RetryPolicy.Failure;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.Outcome;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The guard around a job factory and its jobs: calls them, catches whatever they throw, checks whatever they return, and says in one
 * word what it means for the file.
 */
public final class JobCall {
    static final JobResult SUCCEEDED = new JobResult.Settled(FileOutcome.SUCCEEDED, null);
    private static final JobResult PUT_BACK = new JobResult.PutBack();
    private static final int MOST_CARRIERS = 100; // causes may run in a circle

    private JobCall() {}

    /** Creates the job and runs it, or starts it. */
    static JobResult call(Attempt attempt) {
        JobCreation creation;
        try {
            Optional<String> unreadable = attempt.file.unreadable();
            if (unreadable.isPresent()) {
                return mappingError(unreadable.get());
            }
            creation = attempt.host.factory().create(attempt);
        } catch (Throwable failure) {
            return notCreated(attempt, failure);
        }
        if (creation instanceof JobCreation.Created created) {
            String fault = faultOf(created, attempt);
            return fault == null ? run(created, attempt) : mappingError(fault);
        }
        if (creation instanceof JobCreation.NotNow wait) {
            return notNow(wait.retryAfter(), FileOutcome.MAPPING_ERROR);
        }
        if (creation instanceof JobCreation.Refused refused) {
            String message = Text.printable(String.valueOf(refused.message()));
            return refused.retryable() ? retry(attempt, message, false) : mappingError(message);
        }
        return mappingError("the job factory answered null instead of a creation");
    }

    /** What the end of an asynchronous job means. */
    static JobResult completed(Attempt attempt, @Nullable Outcome outcome, @Nullable Throwable failure) {
        if (failure == null) {
            return ended(attempt, outcome);
        }
        return failed(attempt, withoutCarriers(failure));
    }

    /** An error is an error, however many stages carried it on. */
    private static Throwable withoutCarriers(Throwable failure) {
        Throwable inner = failure;
        for (int i = 0; i < MOST_CARRIERS && isCarrier(inner); i++) {
            inner = Objects.requireNonNullElse(inner.getCause(), inner);
        }
        return inner;
    }

    private static boolean isCarrier(Throwable failure) {
        return failure instanceof CompletionException || failure instanceof ExecutionException;
    }

    /** What it means for a file that its job was given up since it did not stop in time. */
    public static JobResult abandoned(StopCause cause, Duration grace, @Nullable Duration timeout) {
        return switch (cause) {
            case CANCEL ->
                new JobResult.Settled(
                        FileOutcome.CANCELLED,
                        Text.format("the job did not stop within %s of the cancellation", grace));
            case TIMEOUT ->
                new JobResult.Settled(
                        FileOutcome.FAILED,
                        Text.format("timed out after %s, and did not stop within a further %s", timeout, grace));
            case RELEASE -> PUT_BACK;
        };
    }

    private static JobResult run(JobCreation.Created created, Attempt attempt) {
        attempt.ownJobId = created.jobId();
        Outcome outcome;
        try {
            if (created.job() instanceof Job.BlockingJob blocking) {
                outcome = blocking.run(attempt);
            } else {
                CompletionStage<Outcome> stage = ((Job.AsyncJob) created.job()).start(attempt);
                if (stage == null) {
                    return new JobResult.Settled(FileOutcome.FAILED, "the job answered null instead of a stage");
                }
                if (!(stage instanceof CompletableFuture<Outcome> future) || !future.isDone()) {
                    return new JobResult.Started(stage);
                }
                outcome = future.join();
            }
        } catch (CompletionException | CancellationException failure) {
            return completed(attempt, null, failure);
        } catch (Throwable failure) {
            return failed(attempt, failure);
        }
        return ended(attempt, outcome);
    }

    private static JobResult ended(Attempt attempt, @Nullable Outcome outcome) {
        if (outcome instanceof Outcome.Succeeded) {
            return SUCCEEDED;
        }
        if (outcome instanceof Outcome.Failed failed) {
            String message = Text.printable(String.valueOf(failed.message()));
            return failed.retryable()
                    ? retry(attempt, message, true)
                    : new JobResult.Settled(FileOutcome.FAILED, message);
        }
        if (outcome instanceof Outcome.NotNow wait) {
            return notNow(wait.retryAfter(), FileOutcome.FAILED);
        }
        if (outcome instanceof Outcome.Stopped) {
            return stopped(attempt, "the job stopped without having been asked to");
        }
        return new JobResult.Settled(FileOutcome.FAILED, "the job answered null instead of an outcome");
    }

    private static JobResult failed(Attempt attempt, Throwable failure) {
        String message = Text.describe(failure);
        if (attempt.isStopRequested()) {
            return stopped(attempt, message);
        }
        // An Error is a defect, or a machine at its end: another attempt would make it worse.
        return failure instanceof Exception
                ? retry(attempt, message, true)
                : new JobResult.Settled(FileOutcome.FAILED, message);
    }

    private static JobResult notCreated(Attempt attempt, Throwable failure) {
        StopCause cause = attempt.stopCause();
        if (cause == StopCause.CANCEL || cause == StopCause.RELEASE) {
            return PUT_BACK;
        }
        String message = cause == StopCause.TIMEOUT
                ? Text.format(
                        "the creation of the job timed out after %s",
                        attempt.host.batch().options().jobTimeout())
                : Text.describe(failure);
        return failure instanceof Exception ? retry(attempt, message, false) : mappingError(message);
    }

    private static JobResult stopped(Attempt attempt, String otherwise) {
        StopCause cause = attempt.stopCause();
        if (cause == null) {
            return new JobResult.Settled(FileOutcome.FAILED, otherwise);
        }
        return switch (cause) {
            case CANCEL -> new JobResult.Settled(FileOutcome.CANCELLED, null);
            case TIMEOUT ->
                retry(
                        attempt,
                        Text.format(
                                "timed out after %s",
                                attempt.host.batch().options().jobTimeout()),
                        true);
            case RELEASE -> PUT_BACK;
        };
    }

    /** An attempt that another one may follow; where its batch does not retry such failures, it is the end of its file. */
    private static JobResult retry(Attempt attempt, String message, boolean mapped) {
        Failure ofJob = mapped ? Failure.EXECUTION : Failure.CREATION;
        Failure failure = attempt.stopCause() == StopCause.TIMEOUT ? Failure.TIMEOUT : ofJob;
        if (attempt.host.batch().options().retry().retryOn().contains(failure)) {
            return new JobResult.Retry(message, mapped);
        }
        boolean everMapped = mapped || attempt.putBack().mapped();
        return new JobResult.Settled(everMapped ? FileOutcome.FAILED : FileOutcome.MAPPING_ERROR, message);
    }

    private static JobResult notNow(@Nullable Duration wait, FileOutcome ifWrong) {
        return wait == null || wait.isNegative()
                ? new JobResult.Settled(ifWrong, Text.format("answered \"not now\" with a wait of %s", wait))
                : new JobResult.NotNow(wait);
    }

    private static @Nullable String faultOf(JobCreation.Created created, Attempt attempt) {
        if (created.job() == null) {
            return "the job factory answered a creation without a job";
        }
        String id = created.jobId();
        if (id == null) {
            return null;
        }
        String fault = Ids.fault(id, Ids.MAX_LENGTH);
        if (fault != null) {
            return Text.format("the job factory's own job id %s %s", Text.quote(id), fault);
        }
        return id.startsWith(attempt.host.batch().jobIdPrefix())
                ? null
                : Text.format(
                        "the job factory's own job id %s does not begin with its prefix %s",
                        Text.quote(id), attempt.host.batch().jobIdPrefix());
    }

    private static JobResult mappingError(String message) {
        return new JobResult.Settled(FileOutcome.MAPPING_ERROR, Text.printable(message));
    }
}
