package io.batchengine.testkit;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.Job;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.JobCreation;
import io.batchengine.spi.JobFactory;
import io.batchengine.spi.Outcome;
import io.batchengine.spi.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt of a job is given, without an engine: for tests of one job or job factory. The test says which file and configuration it
 * is for, and asks it to stop.
 *
 * <p>The {@code with} methods return copies that were not asked to stop. Safe for use by several threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class FakeJobContext implements JobContext {
    private static final String BATCH = Ids.newBatchId(1, new Random(1));

    private final Values values;
    private final List<Runnable> actions = new ArrayList<>(); // guarded by this
    private boolean stopRequested; // guarded by this
    private int checksLeft = Integer.MAX_VALUE; // guarded by this
    private @Nullable Thread body; // guarded by this
    private volatile @Nullable String ownId;

    private record Values(
            Scope scope,
            JobType type,
            String prefix,
            ConfigurationSnapshot configuration,
            SourceFile file,
            long ordinal,
            int attempt) {}

    private FakeJobContext(Values values) {
        this.values = values;
    }

    /**
     * Returns the context of a first attempt for the first file of a batch, with an empty configuration.
     *
     * @param type the job's type
     * @param file the file
     * @return the context
     */
    public static FakeJobContext of(JobType type, SourceFile file) {
        return new FakeJobContext(
                new Values(Scope.ofProject("prj-test"), type, "job-", ConfigurationSnapshot.EMPTY, file, 0, 1));
    }

    /**
     * Returns this context in another scope.
     *
     * @param scope the project, and the organization if there is one
     * @return the changed copy
     */
    public FakeJobContext withScope(Scope scope) {
        Values v = values;
        return new FakeJobContext(new Values(scope, v.type, v.prefix, v.configuration, v.file, v.ordinal, v.attempt));
    }

    /**
     * Returns this context with another configuration.
     *
     * @param configuration what {@link JobFactory#resolve} answered
     * @return the changed copy
     */
    public FakeJobContext withConfiguration(ConfigurationSnapshot configuration) {
        Values v = values;
        return new FakeJobContext(new Values(v.scope, v.type, v.prefix, configuration, v.file, v.ordinal, v.attempt));
    }

    /**
     * Returns this context with another prefix of the proposed job id.
     *
     * @param prefix what {@link JobFactory#types} declares for the type
     * @return the changed copy
     */
    public FakeJobContext withJobIdPrefix(String prefix) {
        Values v = values;
        return new FakeJobContext(new Values(v.scope, v.type, prefix, v.configuration, v.file, v.ordinal, v.attempt));
    }

    /**
     * Returns this context for another file of the batch.
     *
     * @param ordinal the file's place in the listing, from 0
     * @return the changed copy
     */
    public FakeJobContext withOrdinal(long ordinal) {
        Values v = values;
        return new FakeJobContext(new Values(v.scope, v.type, v.prefix, v.configuration, v.file, ordinal, v.attempt));
    }

    /**
     * Returns this context for another attempt.
     *
     * @param attempt from 1
     * @return the changed copy
     */
    public FakeJobContext withAttempt(int attempt) {
        Values v = values;
        return new FakeJobContext(new Values(v.scope, v.type, v.prefix, v.configuration, v.file, v.ordinal, attempt));
    }

    /**
     * Has a factory create the job of this context, and runs it to its end on the calling thread.
     *
     * @param factory serves the type
     * @return the outcome
     * @throws IllegalStateException if the factory creates no job: the message says what it answered
     * @throws Exception what the factory or a blocking job throws, or how an asynchronous job ends exceptionally
     */
    public Outcome run(JobFactory factory) throws Exception {
        JobCreation creation = factory.create(this);
        if (!(creation instanceof JobCreation.Created created)) {
            throw new IllegalStateException("the factory created no job: " + creation);
        }
        created(created.jobId());
        body(Thread.currentThread());
        try {
            return created.job() instanceof Job.BlockingJob blocking
                    ? blocking.run(this)
                    : ((Job.AsyncJob) created.job())
                            .start(this)
                            .toCompletableFuture()
                            .get();
        } finally {
            body(null);
        }
    }

    /** Asks the job to stop, as an engine does: sets the flag, interrupts a blocking job's thread, then runs the job's own actions. */
    public void requestStop() {
        List<Runnable> due;
        synchronized (this) {
            stopRequested = true;
            if (body != null) {
                body.interrupt();
            }
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Runnable::run);
    }

    /**
     * Asks the job to stop once it has looked whether it should: for what a job does between two looks. Interrupts nothing.
     *
     * @param checks how many calls of {@link #isStopRequested} still answer false
     */
    public synchronized void requestStopAfter(int checks) {
        checksLeft = checks;
    }

    /** The thread that runs a blocking job's body, to be interrupted by {@link #requestStop}; null when it has ended. */
    synchronized void body(@Nullable Thread thread) {
        body = thread;
        if (thread != null && stopRequested) {
            thread.interrupt();
        }
    }

    void created(@Nullable String jobId) {
        ownId = jobId;
    }

    @Override
    public Scope scope() {
        return values.scope;
    }

    @Override
    public String batchId() {
        return BATCH;
    }

    @Override
    public String sourceDirectoryId() {
        return "dir-test";
    }

    @Override
    public JobType type() {
        return values.type;
    }

    @Override
    public long ordinal() {
        return values.ordinal;
    }

    @Override
    public SourceFile file() {
        return values.file;
    }

    @Override
    public ConfigurationSnapshot configuration() {
        return values.configuration;
    }

    @Override
    public String proposedJobId() {
        return Ids.proposedJobId(values.prefix, BATCH, values.ordinal);
    }

    @Override
    public String jobId() {
        String own = ownId;
        return own == null ? proposedJobId() : own;
    }

    @Override
    public int attempt() {
        return values.attempt;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public synchronized boolean isStopRequested() {
        stopRequested |= checksLeft-- <= 0;
        return stopRequested;
    }

    @Override
    public void onStopRequested(Runnable action) {
        synchronized (this) {
            if (!stopRequested) {
                actions.add(action);
                return;
            }
        }
        action.run();
    }
}
