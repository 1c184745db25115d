package io.batchengine;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.batchengine.limits.Limits;
import io.batchengine.orchestration.Runners;
import io.batchengine.spi.Timer;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The threads that a builder is asked for; started when the engine is built. */
final class Threads {
    private int count = Runtime.getRuntime().availableProcessors();
    private int parallelism;
    private @Nullable Executor jobs;
    private @Nullable Executor orchestration;
    private boolean virtual;
    private boolean chosen;

    void pool(int threads) {
        choose();
        count = threads;
    }

    void executor(Executor executor, int tasks) {
        choose();
        jobs = executor;
        parallelism = tasks;
    }

    void virtual() {
        choose();
        if (Runtime.version().feature() < 21) {
            throw BatchEngineBuilder.invalid(
                    "virtual threads need Java 21; this is %d: use threads(n)",
                    Runtime.version().feature());
        }
        virtual = true;
    }

    void orchestration(Executor executor) {
        if (orchestration != null) {
            throw BatchEngineBuilder.invalid("the orchestration executor is set twice");
        }
        orchestration = executor;
    }

    Runners start(@Nullable Timer givenTimer) {
        List<ExecutorService> own = new ArrayList<>();
        Executor jobRunner = jobs;
        int tasks = parallelism;
        if (jobRunner == null) {
            ExecutorService pool = virtual
                    ? virtualThreadPerTask()
                    : Executors.newFixedThreadPool(count, threads("batch-engine-worker-%d"));
            own.add(pool);
            jobRunner = pool;
            tasks = virtual ? Limits.MOST_IN_FLIGHT : count;
        }
        Executor orchestrator = orchestration;
        if (orchestrator == null) {
            ExecutorService pool = Executors.newCachedThreadPool(threads("batch-engine-orchestration-%d"));
            own.add(pool);
            orchestrator = pool;
        }
        Timer timer = givenTimer;
        if (timer == null) {
            ScheduledThreadPoolExecutor scheduler =
                    new ScheduledThreadPoolExecutor(1, threads("batch-engine-timer-%d"));
            scheduler.setRemoveOnCancelPolicy(true);
            scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            own.add(scheduler);
            timer = new SchedulerTimer(scheduler);
        }
        return new Runners(jobRunner, tasks, orchestrator, timer, new OwnThreads(own));
    }

    private void choose() {
        if (chosen) {
            throw BatchEngineBuilder.invalid("choose one of threads, executor and virtualThreads, once");
        }
        chosen = true;
    }

    private static ThreadFactory threads(String name) {
        return new ThreadFactoryBuilder().setNameFormat(name).setDaemon(true).build();
    }

    /** By reflection, since the baseline is Java 17. */
    private static ExecutorService virtualThreadPerTask() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("virtual threads are not to be had", e);
        }
    }

    private record SchedulerTimer(ScheduledThreadPoolExecutor scheduler) implements Timer {
        @Override
        public Timeout schedule(Runnable task, Duration delay) {
            if (scheduler.isShutdown()) {
                return () -> {};
            }
            ScheduledFuture<?> future = scheduler.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        }
    }

    private record OwnThreads(List<ExecutorService> pools) implements Runners.Own {
        @Override
        public void shutdown() {
            pools.forEach(ExecutorService::shutdown);
        }

        @Override
        public boolean awaitTermination(Duration timeout) throws InterruptedException {
            long end = System.nanoTime() + timeout.toNanos();
            boolean all = true;
            for (ExecutorService pool : pools) {
                all &= pool.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
            return all;
        }
    }
}
