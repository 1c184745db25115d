package io.batchengine.testkit;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What an attempt of a job runs for, as the engine would give it; the rule is the one who asks it to stop. */
final class JobRun implements JobContext {
    private static final String BATCH = Ids.newBatchId(1, new Random(1));

    private final Scope scope;
    private final JobType type;
    private final String prefix;
    private final ConfigurationSnapshot configuration;
    private final SourceFile file;
    private final long ordinal;
    private final int attempt;
    private final List<Runnable> actions = new ArrayList<>(); // guarded by this
    private boolean stopRequested; // guarded by this
    private @Nullable Thread body; // guarded by this
    private volatile @Nullable String ownId;

    JobRun(
            Scope scope,
            JobType type,
            String prefix,
            ConfigurationSnapshot configuration,
            SourceFile file,
            long ordinal,
            int attempt) {
        this.scope = scope;
        this.type = type;
        this.prefix = prefix;
        this.configuration = configuration;
        this.file = file;
        this.ordinal = ordinal;
        this.attempt = attempt;
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

    /** As the engine does it: the flag, then the interrupt, then the job's own actions. */
    void requestStop() {
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

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public String batchId() {
        return BATCH;
    }

    @Override
    public String sourceDirectoryId() {
        return "dir-contract";
    }

    @Override
    public JobType type() {
        return type;
    }

    @Override
    public long ordinal() {
        return ordinal;
    }

    @Override
    public SourceFile file() {
        return file;
    }

    @Override
    public ConfigurationSnapshot configuration() {
        return configuration;
    }

    @Override
    public String proposedJobId() {
        return Ids.proposedJobId(prefix, BATCH, ordinal);
    }

    @Override
    public String jobId() {
        String own = ownId;
        return own == null ? proposedJobId() : own;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public long epoch() {
        return 1;
    }

    @Override
    public synchronized boolean isStopRequested() {
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
