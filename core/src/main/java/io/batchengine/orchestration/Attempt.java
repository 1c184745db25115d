package io.batchengine.orchestration;

import io.batchengine.model.Ids;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.JobContext;
import io.batchengine.spi.SourceFile;
import io.batchengine.spi.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of one file's job. Its state:
 *
 * <pre>{@code
 * RUNNING  -> ENDED      its body has returned, or its stage completed: its outcome counts
 *          -> STOPPING   it is asked to stop: told, and its thread interrupted
 *          -> ABANDONED
 * STOPPING -> ENDED
 *          -> ABANDONED  its grace time is over: its file is settled without it, a late outcome does not count
 * }</pre>
 *
 * <p>The usual way, RUNNING to ENDED, is one compare-and-set. The others go under this object's lock, so that an interrupt never
 * hits a thread that has gone on to another job.
 */
final class Attempt implements JobContext {
    private static final int RUNNING = 0;
    private static final int STOPPING = 1;
    private static final int ENDED = 2;
    private static final int ABANDONED = 3;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Attempt.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Turn turn;
    final BatchRun run;
    final SourceFile file;
    final String fileId;
    final int number;
    final long startedNanos;
    private final long ordinal;
    private final @Nullable Again origin;

    @Nullable
    String ownJobId;

    Timer.@Nullable Timeout timeout;

    private volatile int state;

    private volatile @Nullable StopCause stopCause;
    private @Nullable Thread thread; // guarded by this; null for an asynchronous job that has been started
    private @Nullable List<Runnable> onStop; // guarded by this
    private boolean asynchronous; // guarded by this
    private boolean completed; // guarded by this; only of an asynchronous job

    /** The first attempt of a file. */
    Attempt(Turn turn, SourceFile file, String fileId, long ordinal, long startedNanos) {
        this(turn, file, fileId, ordinal, 1, null, startedNanos);
    }

    /** A further attempt, or one that was put off. */
    Attempt(Turn turn, Again origin, long startedNanos) {
        this(turn, origin.file(), origin.fileId(), origin.ordinal(), origin.attempts() + 1, origin, startedNanos);
    }

    private Attempt(
            Turn turn,
            SourceFile file,
            String fileId,
            long ordinal,
            int number,
            @Nullable Again origin,
            long startedNanos) {
        this.turn = turn;
        this.origin = origin;
        this.run = turn.run;
        this.file = file;
        this.fileId = fileId;
        this.ordinal = ordinal;
        this.number = number;
        this.startedNanos = startedNanos;
        this.thread = turn.thread;
    }

    /** Ends the attempt; false where it was abandoned before, so that its outcome does not count. */
    boolean end() {
        if (STATE.compareAndSet(this, RUNNING, ENDED)) {
            return true;
        }
        synchronized (this) {
            thread = null;
            return STATE.compareAndSet(this, STOPPING, ENDED);
        }
    }

    /** The file as it waits for its next attempt. */
    Again failed(JobCall.Result.Retry retry) {
        boolean mapped = retry.mapped() || (origin != null && origin.mapped());
        return new Again(ordinal, fileId, file, number, retry.message(), mapped, ownJobId);
    }

    /** The file as it was before this attempt. */
    Again putBack() {
        return origin != null ? origin : new Again(ordinal, fileId, file, number - 1, "", false, null);
    }

    /** Asks the job to stop, once: tells it, interrupts its thread, and has its own actions run. */
    void requestStop(StopCause cause) {
        List<Runnable> actions;
        synchronized (this) {
            if (!STATE.compareAndSet(this, RUNNING, STOPPING)) {
                return;
            }
            stopCause = cause;
            if (thread != null) {
                thread.interrupt();
            }
            actions = onStop == null ? List.of() : onStop;
            onStop = null;
        }
        actions.forEach(this::runStopAction);
    }

    /** Gives the job up; true where its body has not ended, so that its file is to be settled without it. */
    boolean abandon() {
        synchronized (this) {
            return STATE.compareAndSet(this, RUNNING, ABANDONED) || STATE.compareAndSet(this, STOPPING, ABANDONED);
        }
    }

    /** The worker thread goes on to other files while this job completes by itself. */
    void releaseThread() {
        synchronized (this) {
            thread = null;
            asynchronous = true;
        }
    }

    /** True for the first completion of an asynchronous job; a stage of the user's own may call back again and again. */
    boolean completeOnce() {
        synchronized (this) {
            boolean first = !completed;
            completed = true;
            return first;
        }
    }

    boolean isAbandoned() {
        return state == ABANDONED;
    }

    boolean isAsynchronous() {
        synchronized (this) {
            return asynchronous;
        }
    }

    @Nullable
    StopCause stopCause() {
        return stopCause;
    }

    @Override
    public Scope scope() {
        return run.batch.scope();
    }

    @Override
    public String batchId() {
        return run.batch.id();
    }

    @Override
    public String sourceDirectoryId() {
        return run.batch.sourceDirectoryId();
    }

    @Override
    public JobType type() {
        return run.batch.config().job().type();
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
        return run.batch.configuration();
    }

    @Override
    public String proposedJobId() {
        return Ids.proposedJobId(run.batch.jobIdPrefix(), run.batch.id(), ordinal);
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
        return run.epoch;
    }

    @Override
    public boolean isStopRequested() {
        return stopCause != null;
    }

    @Override
    public void onStopRequested(Runnable action) {
        synchronized (this) {
            if (stopCause == null) {
                if (onStop == null) {
                    onStop = new ArrayList<>(2);
                }
                onStop.add(action);
                return;
            }
        }
        runStopAction(action);
    }

    /** On a thread of its own: an action that blocks holds up nothing. */
    private void runStopAction(Runnable action) {
        run.engine.io(() -> run.engine.guardedUserCall(action));
    }
}
