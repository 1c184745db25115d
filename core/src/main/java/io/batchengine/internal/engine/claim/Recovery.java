package io.batchengine.internal.engine.claim;

import io.batchengine.internal.engine.base.JobTypes;
import io.batchengine.internal.engine.base.KnownDamage;
import io.batchengine.internal.engine.base.Problems;
import io.batchengine.internal.engine.batch.BatchRun;
import io.batchengine.internal.engine.batch.BatchServices;
import io.batchengine.internal.engine.batch.Recovered;
import io.batchengine.internal.engine.batch.RecoveredFiles;
import io.batchengine.internal.engine.batch.RunOwner;
import io.batchengine.internal.engine.events.Waiters;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.JobType;
import io.batchengine.model.Text;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.JobRequest;
import io.batchengine.spi.ResolveRequest;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.Claimed;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.StoredBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up a claimed batch: at once where nobody ran it before; else from its recorded pages and settled files, so that no page is listed
 * twice and no settled file runs again.
 */
final class Recovery implements RunOwner {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final int READ_SIZE = 1_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final BatchServices engine;
    private final ActiveRuns active;
    private final JobTypes jobTypes;
    private final Waiters waiters;
    private final DamagedBatches damaged;

    Recovery(BatchServices engine, ActiveRuns active, JobTypes jobTypes, Waiters waiters, DamagedBatches damaged) {
        this.engine = engine;
        this.active = active;
        this.jobTypes = jobTypes;
        this.waiters = waiters;
        this.damaged = damaged;
    }

    @Override
    public void left(BatchRun run) {
        active.remove(run);
    }

    @Override
    public void ended(StoredBatch batch) {
        waiters.ended(batch);
    }

    @Override
    public void damaged(StoredBatch batch, String message) {
        damaged.found(batch, message);
    }

    /** Within a decision. */
    void takeUp(Claimed taken) {
        StoredBatch claimed = taken.batch();
        BatchRun run = new BatchRun(engine, this, claimed, factory(claimed), directory(claimed));
        BatchRun before = active.find(claimed.id());
        if (before != null) {
            before.lost(); // the lease lapsed unnoticed, and this engine was the first to claim again
        }
        if (KnownDamage.isTold(claimed)) { // claimed to be cancelled: there is nothing to read
            damaged.end(claimed);
            return;
        }
        active.add(run);
        BatchState state = claimed.state();
        if (state.counts().listed() == state.settledBelow()) {
            run.start(new Recovered(taken.ownerLost(), List.of(), List.of(), 0, null, state.settledBelow()));
        } else {
            read(run, taken);
        }
    }

    private void read(BatchRun run, Claimed claimed) {
        engine.serial.afterwards(() -> engine.io(() -> {
            try {
                Recovered recovered = read(claimed);
                engine.problems.clear(Problems.STORE_READ);
                engine.serial.submit(() -> run.start(recovered));
            } catch (BatchEngineException failure) {
                if (failure.code() == ErrorCode.STORE_CORRUPT) {
                    engine.serial.submit(() -> isDamaged(run, failure));
                } else {
                    notRead(run, claimed, failure);
                }
            } catch (Throwable failure) {
                notRead(run, claimed, failure);
            }
        }));
    }

    private void isDamaged(BatchRun run, BatchEngineException failure) {
        if (active.find(run.batch().id()) == run) {
            run.damaged(Text.describe(failure));
        }
    }

    private void notRead(BatchRun run, Claimed claimed, Throwable failure) {
        if (engine.loss.isToldBy(failure)) {
            return;
        }
        String message =
                Text.format("batch %s can't be read back yet: %s", run.batch().id(), Text.describe(failure));
        LOG.warn("{}", message);
        engine.problems.set(Problems.STORE_READ, message);
        engine.serial.submit(() -> engine.later(() -> read(run, claimed), RETRY));
    }

    private Recovered read(Claimed taken) {
        StoredBatch claimed = taken.batch();
        RecoveredFiles files = new RecoveredFiles(engine, claimed.request());
        long from = claimed.state().settledBelow();
        long unfinished = 0;
        List<FileRecord> read;
        do {
            read = engine.store.files(FileQuery.InBatch.of(claimed.id(), from, Long.MAX_VALUE, Set.of(), READ_SIZE));
            files.add(from, read);
            unfinished += read.stream().filter(file -> file.settled() == null).count();
            from += read.size();
        } while (read.size() == READ_SIZE);
        requireAll(claimed, from, from - claimed.state().settledBelow() - unfinished);
        return files.end(taken.ownerLost(), from);
    }

    /** What the batch has counted must be there: a page that is gone would never be run, and a file whose end is gone would run again. */
    private void requireAll(StoredBatch claimed, long listedEnd, long settledAbove) {
        BatchState s = claimed.state();
        long settled = s.settledBelow() + settledAbove;
        if ((listedEnd != s.counts().listed() || settled != s.counts().settled()) && isStillHeld(claimed)) {
            throw BatchEngineException.of(
                    ErrorCode.STORE_CORRUPT,
                    Text.format(
                            "batch %s has counted %d files and %d ends, and the store tells %d files and %d ends: rows are missing",
                            claimed.id(), s.counts().listed(), s.counts().settled(), listedEnd, settled));
        }
    }

    /** If the claim was lost meanwhile, the files are those that another engine has written since; the first commit is refused then. */
    private boolean isStillHeld(StoredBatch claimed) {
        String project = claimed.request().scope().projectId();
        return engine.store
                .find(new BatchKey.ById(project, claimed.id()))
                .filter(now -> now.claim().equals(claimed.claim()))
                .isPresent();
    }

    private JobFactory factory(StoredBatch claimed) {
        JobType type = claimed.request().config().job().type();
        // A batch of a type that nobody here serves is claimed only to be cancelled.
        return jobTypes.types().contains(type) ? jobTypes.require(type).factory() : new NoJobs();
    }

    private SourceDirectory directory(StoredBatch claimed) {
        String retryOf = claimed.request().retryOf();
        return retryOf == null ? engine.directory : new FailedFiles(engine.directory, engine.store, retryOf);
    }

    private static final class NoJobs implements JobFactory {
        @Override
        public Map<JobType, String> types() {
            return Map.of();
        }

        @Override
        public ConfigurationSnapshot resolve(ResolveRequest request) {
            return ConfigurationSnapshot.EMPTY;
        }

        @Override
        public JobCreation create(JobRequest request) {
            return JobCreation.refused(Text.format("no job factory serves job type %s", request.type()));
        }
    }
}
