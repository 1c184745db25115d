package io.batchengine.internal.engine.job;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.Timer;
import org.jspecify.annotations.Nullable;

/** One attempt of one file's job: what the job is told of it, and where it stands. */
public final class Attempt extends AttemptState implements JobContext {
    public final Turn turn;
    final JobHost host;
    final SourceFile file;
    final String fileId;
    public final int number;
    public final long startedNanos;
    private final long ordinal;
    private final @Nullable RequeuedFile origin;
    private @Nullable String proposedJobId; // once it was asked for; whoever does not see it makes the same

    @Nullable
    String ownJobId;

    Timer.@Nullable Timeout timeout;

    /** The first attempt of a file. */
    Attempt(Turn turn, SourceFile file, String fileId, long ordinal, long startedNanos) {
        this(turn, file, fileId, ordinal, 1, null, startedNanos);
    }

    /** A further attempt, or one that was put off. */
    Attempt(Turn turn, RequeuedFile origin, long startedNanos) {
        this(turn, origin.file(), origin.fileId(), origin.ordinal(), origin.attempts() + 1, origin, startedNanos);
    }

    private Attempt(
            Turn turn,
            SourceFile file,
            String fileId,
            long ordinal,
            int number,
            @Nullable RequeuedFile origin,
            long startedNanos) {
        this.turn = turn;
        this.origin = origin;
        this.host = turn.host;
        this.file = file;
        this.fileId = fileId;
        this.ordinal = ordinal;
        this.number = number;
        this.startedNanos = startedNanos;
    }

    /** The file as it waits for its next attempt. */
    public RequeuedFile failed(JobResult.Retry retry) {
        boolean mapped = retry.mapped() || (origin != null && origin.mapped());
        return new RequeuedFile(ordinal, fileId, file, number, retry.message(), mapped, ownJobId);
    }

    /** The file as it was before this attempt. */
    public RequeuedFile putBack() {
        return origin != null ? origin : new RequeuedFile(ordinal, fileId, file, number - 1, "", false, null);
    }

    @Override
    public Scope scope() {
        return host.batch().scope();
    }

    @Override
    public String batchId() {
        return host.batch().id();
    }

    @Override
    public String sourceDirectoryId() {
        return host.batch().sourceDirectoryId();
    }

    @Override
    public JobType type() {
        return host.batch().config().job().type();
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
        return host.batch().configuration();
    }

    @Override
    public String proposedJobId() {
        String known = proposedJobId;
        if (known == null) {
            known = Ids.proposedJobId(host.batch().jobIdPrefix(), host.batch().id(), ordinal);
            proposedJobId = known;
        }
        return known;
    }

    @Override
    public String jobId() {
        String own = ownJobId;
        return own != null ? own : proposedJobId();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public long epoch() {
        return host.epoch();
    }

    @Override
    public boolean isStopRequested() {
        return stopCause() != null;
    }

    @Override
    void interruptThread() {
        Thread worker = turn.thread;
        if (worker != null) {
            worker.interrupt();
        }
    }

    /** On a thread of its own: an action that blocks holds up nothing. */
    @Override
    void runStopAction(Runnable action) {
        turn.engine.io(() -> turn.engine.guardedUserCall(action));
    }
}
