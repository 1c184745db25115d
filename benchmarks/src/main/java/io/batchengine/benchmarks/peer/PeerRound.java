package io.batchengine.benchmarks.peer;

import io.batchengine.benchmarks.contender.FileJob;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One run of a peer: its job, and how far it has come. Any thread. */
final class PeerRound {
    private static final long MOST_MINUTES = 60;

    private final long number;
    private final int files;
    private final FileJob job;
    /** Null where as many threads run jobs as may. */
    private final @Nullable Semaphore slots;

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger left;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();

    /**
     * A round whose jobs run on no more than a number of threads.
     *
     * @param number of it, with which its results are kept
     */
    PeerRound(long number, int files, FileJob job) {
        this(number, files, job, null);
    }

    private PeerRound(long number, int files, FileJob job, @Nullable Semaphore slots) {
        this.number = number;
        this.files = files;
        this.job = job;
        this.slots = slots;
        this.left = new AtomicInteger(files);
    }

    /** A round whose peer has more workers than may be in a job at once: the others are in its database then. */
    static PeerRound gated(long number, int files, FileJob job, int threads, int workers) {
        return new PeerRound(number, files, job, workers > threads ? new Semaphore(threads) : null);
    }

    long number() {
        return number;
    }

    int files() {
        return files;
    }

    /** How many jobs have failed. */
    int failures() {
        return failures.get();
    }

    /** How many jobs have run; the same file twice is two. */
    int runs() {
        return runs.get();
    }

    /** Runs the job of a file on the calling thread. */
    FileResult run(int ordinal) {
        long start = System.nanoTime();
        String message = slots == null ? job.run(ordinal) : runGated(slots, ordinal);
        long end = System.nanoTime();
        runs.incrementAndGet();
        if (message != null) {
            failures.incrementAndGet();
        }
        return new FileResult(
                ordinal, message, System.currentTimeMillis() * 1_000, (int) TimeUnit.NANOSECONDS.toMillis(end - start));
    }

    private @Nullable String runGated(Semaphore slots, int ordinal) {
        slots.acquireUninterruptibly();
        try {
            return job.run(ordinal);
        } finally {
            slots.release();
        }
    }

    /** A file's result is durable. */
    void settled() {
        if (left.decrementAndGet() == 0) {
            end.complete(null);
        }
    }

    /** It can't end any more. */
    void broken(Throwable why) {
        end.completeExceptionally(why);
    }

    /** Waits until all results are durable. */
    void await() throws ExecutionException, InterruptedException, TimeoutException {
        end.get(MOST_MINUTES, TimeUnit.MINUTES);
    }
}
