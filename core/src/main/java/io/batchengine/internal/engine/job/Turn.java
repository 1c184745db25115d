package io.batchengine.internal.engine.job;

import io.batchengine.internal.engine.base.EngineBase;
import io.batchengine.internal.engine.base.HostThread;
import io.batchengine.internal.engine.base.Tuning;
import io.batchengine.internal.engine.base.UnansweredCalls;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A worker's turn: some files of one batch, one after the other, on one thread, for about {@link Tuning#TURN_NANOS}. It holds a
 * slot all the time; a job that completes by itself takes it along, and the turn needs another to go on.
 *
 * <p>Results gather in a buffer that the serial executor can fetch from at any time. What else became of files is fetched at
 * the end.
 */
public final class Turn implements Runnable {
    public final JobHost host;
    public final ResultBuffer results = new ResultBuffer();
    public final List<RequeuedFile> failed = new ArrayList<>(0);
    public final List<RequeuedFile> putBack = new ArrayList<>(0);
    final EngineBase engine;
    private final AtomicBoolean taken = new AtomicBoolean(); // by a worker, or back
    private final UnansweredCalls.Open waiting;
    private final @Nullable SharedPage page;
    private @Nullable RequeuedFile single;

    @Nullable
    Thread thread;

    private @Nullable ClassLoader loader; // of the thread, as it was before the first job

    @Nullable
    public Duration notNow;

    public boolean holdsSlot = true;
    public long slotNanos; // since when
    public int starts; // in this slot
    public int accepted; // jobs that ended and were not refused
    public long refusedNanos; // when the attempt began that was told "not now"
    public boolean stuck; // confined to the serial executor: its present attempt was abandoned
    private volatile @Nullable Attempt current;
    private boolean interrupted;
    private long nowNanos;
    private long instantNanos;
    private @Nullable Instant instant;

    public Turn(EngineBase engine, JobHost host, SharedPage page) {
        this.host = host;
        this.engine = engine;
        this.page = page;
        this.slotNanos = engine.nanos();
        this.waiting = engine.tasks.begin("a task that was given to the executor of jobs");
    }

    public Turn(EngineBase engine, JobHost host, RequeuedFile single) {
        this.host = host;
        this.engine = engine;
        this.page = null;
        this.single = single;
        this.slotNanos = engine.nanos();
        this.waiting = engine.tasks.begin("a task that was given to the executor of jobs");
    }

    /** The attempt that runs on this turn's thread now, or null. */
    @Nullable
    public Attempt current() {
        return current;
    }

    /** Whether it is taken back before a worker has begun it; an executor that runs it all the same runs nothing. */
    public boolean takeBack() {
        boolean mine = taken.compareAndSet(false, true);
        if (mine) {
            engine.tasks.end(waiting);
        }
        return mine;
    }

    /** Gives up before the begin: no executor took this turn. */
    public void neverRan() {
        arrived();
        keepSingle();
    }

    private void arrived() {
        host.place().arrived();
        if (page != null) {
            page.arrived();
        }
    }

    private void keepSingle() {
        if (single != null) {
            putBack.add(single);
            single = null;
        }
    }

    @Override
    public void run() {
        if (!takeBack()) {
            return;
        }
        thread = Thread.currentThread();
        loader = thread.getContextClassLoader();
        arrived();
        interrupted = Thread.interrupted();
        nowNanos = engine.nanos();
        long end = nowNanos + Tuning.TURN_NANOS;
        int steps = engine.tuning.stepsPerTask();
        JobMdc mdc = JobMdc.enter(host.batch().id());
        try {
            boolean more = true;
            while (more && steps-- > 0 && nowNanos - end < 0 && host.place().mayGoOn()) {
                more = step(mdc);
            }
            keepSingle(); // a limit may have held it
        } finally {
            if (interrupted) { // by others than this engine: the executor's owner wants to see it
                Thread.currentThread().interrupt();
            }
            engine.serial.submit(() -> host.turnEnded(this));
        }
    }

    /** Starts one job and, unless it completes by itself, ends it; false where this turn has nothing more to do. */
    private boolean step(JobMdc mdc) {
        if (!host.place().tryStart(nowNanos)) {
            return false;
        }
        RequeuedFile again = single;
        Attempt attempt;
        if (again != null) {
            single = null;
            attempt = new Attempt(this, again, nowNanos);
        } else {
            int index = page == null ? -1 : page.take();
            if (index < 0 || page == null) {
                host.place().notStarted();
                return false;
            }
            SourceFile file = page.file(index);
            attempt = new Attempt(this, file, page.fileId(index), page.ordinal(index), nowNanos);
        }
        current = attempt;
        // Read after current is published: whoever closes the gate sees this attempt, or this turn sees the closed
        // gate.
        if (!host.mayStart()) {
            current = null;
            host.place().notStarted();
            putBack.add(attempt.putBack());
            return false;
        }
        starts++;
        return start(attempt, mdc);
    }

    private boolean start(Attempt attempt, JobMdc mdc) {
        Duration limit = host.batch().options().jobTimeout();
        if (limit != null) {
            attempt.timeout = host.watch(attempt, limit);
        }
        mdc.begin(attempt.fileId, attempt.number);
        JobResult result = JobCall.call(attempt);
        mdc.end();
        HostThread.restore(loader);
        nowNanos = engine.nanos();
        if (result instanceof JobResult.Started started) {
            return goOnWithout(attempt, started);
        }
        boolean counts = attempt.end();
        current = null;
        cancelTimeout(attempt);
        clearInterrupt(attempt);
        return counts && took(attempt, result);
    }

    private boolean took(Attempt attempt, JobResult result) {
        if (result instanceof JobResult.Settled settled) {
            results.add(settled(attempt, settled, nowNanos));
            accepted++;
            return true;
        }
        if (result instanceof JobResult.Retry retry) {
            failed.add(attempt.failed(retry));
            accepted++;
            return true;
        }
        if (result instanceof JobResult.NotNow wait) {
            notNow = wait.retryAfter();
            refusedNanos = attempt.startedNanos;
        }
        putBack.add(attempt.putBack());
        return false;
    }

    private boolean goOnWithout(Attempt attempt, JobResult.Started started) {
        host.addAsynchronous(attempt);
        attempt.releaseThread();
        clearInterrupt(attempt);
        boolean abandoned = attempt.isAbandoned();
        if (abandoned) {
            host.removeAsynchronous(attempt); // given up while it was being started; it is settled already
        }
        try {
            started.stage()
                    .whenComplete(
                            (outcome, failure) -> asyncEnded(attempt, JobCall.completed(attempt, outcome, failure)));
        } catch (Throwable broken) { // a stage of the user's own that can't even be listened to
            asyncEnded(attempt, JobCall.completed(attempt, null, broken));
        }
        if (abandoned) {
            holdsSlot = false; // the job keeps it
            return false;
        }
        current = null;
        holdsSlot = host.place().tryAcquire();
        slotNanos = nowNanos;
        starts = 0;
        return holdsSlot;
    }

    /** No interrupt of ours comes any more; one that is pending was either ours or is not for this job alone. */
    private void clearInterrupt(Attempt attempt) {
        interrupted |= Thread.interrupted() && !attempt.isStopRequested();
    }

    private void asyncEnded(Attempt attempt, JobResult result) {
        if (attempt.completeOnce()) {
            cancelTimeout(attempt);
            boolean counts = attempt.end();
            engine.serial.submit(() -> host.asynchronousEnded(attempt, result, counts));
        }
    }

    public SettledFile settled(Attempt attempt, JobResult.Settled settled, long endedNanos) {
        long millis = Math.max(0, endedNanos - attempt.startedNanos) / 1_000_000;
        return SettledFile.of(
                attempt.ordinal(),
                settled.outcome(),
                attempt.number,
                instantAt(endedNanos),
                (int) Math.min(millis, Integer.MAX_VALUE),
                attempt.ownJobId,
                settled.message());
    }

    /** The clock's time, read at most once in a millisecond. */
    private Instant instantAt(long nanos) {
        Instant known = instant;
        if (known == null || nanos - instantNanos >= 1_000_000) {
            known = engine.now();
            instant = known;
            instantNanos = nanos;
        }
        return known;
    }

    private static void cancelTimeout(Attempt attempt) {
        if (attempt.timeout != null) {
            attempt.timeout.cancel();
        }
    }
}
