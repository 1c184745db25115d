package io.batchengine.internal.engine.batch;

import io.batchengine.internal.engine.job.RequeuedFile;
import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/**
 * What becomes of a batch's files whose attempt has not settled them: one that failed, one that did not start after all, one that an
 * earlier engine left. Confined to the serial executor.
 */
final class Retries {
    private final RunState run;
    private final Consumer<SettledFile> settle;
    private final Consumer<DelayedFile> record;
    private final Work work;
    private final PoisonFiles poisonFiles;
    private final DelayedFiles delayed;

    /** What it settles and what it delays is given to what is to be written. */
    Retries(
            RunState run,
            Work work,
            PoisonFiles poisonFiles,
            DelayedFiles delayed,
            Consumer<SettledFile> settle,
            Consumer<DelayedFile> record) {
        this.run = run;
        this.settle = settle;
        this.record = record;
        this.work = work;
        this.poisonFiles = poisonFiles;
        this.delayed = delayed;
    }

    /** An attempt failed and may be repeated, as far as it is concerned. */
    void failed(RequeuedFile again) {
        RetryPolicy retry = run.batch.options().retry();
        switch (run.phase()) {
            case GONE -> {}
            case CANCELLING, FAILING -> settleUnrun(again, FileOutcome.FAILED);
            case ACTIVE, RELEASING -> {
                if (again.attempts() >= retry.maxAttempts()) {
                    settleUnrun(again, FileOutcome.FAILED);
                } else {
                    delay(again, run.engine.jitter(backoff(retry, again.attempts())));
                }
            }
        }
    }

    /** A file was taken and not started, or its start does not count. */
    void putBack(RequeuedFile again) {
        if (poisonFiles.putBack(again)) {
            return;
        }
        switch (run.phase()) {
            case ACTIVE -> work.addDue(again);
            case CANCELLING -> {
                if (again.attempts() > 0) {
                    settleUnrun(again, FileOutcome.CANCELLED);
                }
            }
            case FAILING -> {
                if (again.attempts() > 0) {
                    settleUnrun(again, FileOutcome.FAILED);
                }
            }
            case RELEASING, GONE -> {}
        }
    }

    /** Takes over a file that an earlier engine left. */
    void takeOver(Recovered.Unsettled file, boolean ownerLost) {
        RequeuedFile again = file.again();
        DelayedFile waiting = file.delayed();
        int crashes = file.crashes(ownerLost);
        boolean prime = file.isPrime(ownerLost);
        if (crashes >= run.engine.tuning.maxCrashes()) {
            String message = Text.format("its engine was lost %d times while this job ran alone", crashes);
            int attempts = again.attempts() + crashes;
            settle.accept(
                    SettledFile.of(again.ordinal(), FileOutcome.FAILED, attempts, run.engine.now(), 0, null, message));
        } else if (prime || run.isolates()) {
            delayed.started(again);
            poisonFiles.add(again, crashes, prime, waiting == null ? DelayedFile.StartMark.NONE : waiting.mark());
        } else if (waiting != null && waiting.notBefore() != null) {
            delayed.delay(again, waiting.notBefore(), true);
        } else {
            work.addDue(again);
        }
    }

    private void delay(RequeuedFile again, Duration wait) {
        // Up to the next microsecond: a store keeps no less, and no retry starts early.
        Instant due = run.clock.now().plus(wait).plusNanos(999).truncatedTo(ChronoUnit.MICROS);
        record.accept(DelayedFile.waiting(again.ordinal(), again.attempts(), again.mapped(), due));
        poisonFiles.ended(again.ordinal());
        delayed.delay(again, due, false);
    }

    private static Duration backoff(RetryPolicy retry, int attempts) {
        Duration bound = retry.initialBackoff();
        for (int i = 1; i < attempts && bound.compareTo(retry.maxBackoff()) < 0; i++) {
            bound = bound.multipliedBy(2);
        }
        return bound.compareTo(retry.maxBackoff()) < 0 ? bound : retry.maxBackoff();
    }

    /** Settles a file that had an attempt before and gets no further one; without a job it is a mapping error, however it ended. */
    private void settleUnrun(RequeuedFile again, FileOutcome mapped) {
        FileOutcome outcome = again.mapped() ? mapped : FileOutcome.MAPPING_ERROR;
        String message = outcome == FileOutcome.CANCELLED ? null : again.lastError();
        settle.accept(SettledFile.of(
                again.ordinal(), outcome, again.attempts(), run.engine.now(), 0, again.jobId(), message));
    }
}
