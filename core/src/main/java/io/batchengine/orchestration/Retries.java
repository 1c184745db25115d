package io.batchengine.orchestration;

import io.batchengine.model.RetryPolicy;
import io.batchengine.model.Text;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What becomes of a batch's files whose attempt has not settled them: one that failed, one that did not start after all, one that an
 * earlier engine left. Confined to decisions.
 */
final class Retries {
    private final BatchRun run;
    private final Work work;
    private final Suspects suspects;
    private final DelayedFiles delayed;

    Retries(BatchRun run, Work work, Suspects suspects, DelayedFiles delayed) {
        this.run = run;
        this.work = work;
        this.suspects = suspects;
        this.delayed = delayed;
    }

    /** An attempt failed and may be repeated, as far as it is concerned. */
    void failed(Again again) {
        RetryPolicy retry = run.batch.options().retry();
        switch (run.phase()) {
            case GONE -> {}
            case CANCELLING, FAILING -> settleUnrun(again, FileOutcome.FAILED);
            case ACTIVE, RELEASING -> {
                if (again.attempts() >= retry.maxAttempts()) {
                    settleUnrun(again, FileOutcome.FAILED);
                } else {
                    park(again, run.engine.jitter(backoff(retry, again.attempts())));
                }
            }
        }
    }

    /** A file was taken and not started, or its start does not count. */
    void putBack(Again again) {
        if (suspects.putBack(again)) {
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

    /** Goes on with a file that an earlier engine left. */
    void takeOver(Recovered.Unsettled file, boolean ownerLost) {
        Again again = file.again();
        ParkedFile parked = file.parked();
        int deaths = file.deaths(ownerLost);
        boolean primeSuspect = file.isPrimeSuspect(ownerLost);
        if (deaths >= run.engine.tuning.maxDeaths()) {
            String message = Text.format("its engine was lost %d times while this job ran alone", deaths);
            int attempts = again.attempts() + deaths;
            run.settle(
                    new SettledFile(again.ordinal(), FileOutcome.FAILED, attempts, run.engine.now(), 0, null, message));
        } else if (primeSuspect || run.isSuspicious()) {
            delayed.started(again);
            suspects.add(again, deaths, primeSuspect, parked == null ? ParkedFile.StartMark.NONE : parked.mark());
        } else if (parked != null && parked.notBefore() != null) {
            delayed.delay(again, parked.notBefore(), true);
        } else {
            work.addDue(again);
        }
    }

    private void park(Again again, Duration wait) {
        // Up to the next microsecond: a store keeps no less, and no retry starts early.
        Instant due = run.clock.now().plus(wait).plusNanos(999).truncatedTo(ChronoUnit.MICROS);
        run.draft().addParked(ParkedFile.waiting(again.ordinal(), again.attempts(), again.mapped(), due));
        run.ended(again.ordinal());
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
    private void settleUnrun(Again again, FileOutcome mapped) {
        FileOutcome outcome = again.mapped() ? mapped : FileOutcome.MAPPING_ERROR;
        String message = outcome == FileOutcome.CANCELLED ? null : again.lastError();
        run.settle(new SettledFile(
                again.ordinal(), outcome, again.attempts(), run.engine.now(), 0, again.jobId(), message));
    }
}
