package io.batchengine;

import io.batchengine.internal.engine.base.HandOver;
import io.batchengine.internal.engine.base.Runners;
import io.batchengine.limits.Limits;
import io.batchengine.spi.DetachedThreads;
import io.batchengine.spi.Timer;
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
    private boolean daemon = true;
    private @Nullable ClassLoader loader = Threads.class.getClassLoader();

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
            throw Arguments.invalid(
                    "virtual threads need Java 21; this is %d: use threads(n)",
                    Runtime.version().feature());
        }
        virtual = true;
    }

    void orchestration(Executor executor) {
        if (orchestration != null) {
            throw Arguments.invalid("the orchestration executor is set twice");
        }
        orchestration = executor;
    }

    void daemon(boolean value) {
        daemon = value;
    }

    void contextClassLoader(ClassLoader value) {
        loader = value;
    }

    Runners start(@Nullable Timer givenTimer) {
        if (!daemon && givenTimer != null) {
            throw Arguments.invalid(
                    "daemonThreads(false) keeps the JVM running by the engine's own timer: give no timer");
        }
        List<ExecutorService> own = new ArrayList<>();
        HandOver handOver = handOver(givenTimer, own);
        Executor jobRunner = jobs == null ? kept(own, workers()) : handOver.marking(jobs);
        int tasks = jobs != null ? parallelism : virtual ? Limits.MOST_IN_FLIGHT : count;
        Executor orchestrator =
                orchestration == null ? kept(own, pool("orchestration")) : handOver.marking(orchestration);
        Timer timer = givenTimer;
        if (timer == null) {
            ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threads("timer"));
            scheduler.setRemoveOnCancelPolicy(true);
            scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
            scheduler.prestartCoreThread(); // it keeps the JVM running if it is to; and later no thread may be left
            timer = new SchedulerTimer(kept(own, scheduler));
        }
        return new Runners(jobRunner, tasks, orchestrator, timer, handOver, new OwnThreads(own));
    }

    /** Only executors of the user's own need it, and where time is not real there are no threads. */
    private HandOver handOver(@Nullable Timer givenTimer, List<ExecutorService> own) {
        boolean needed = jobs != null || orchestration != null;
        boolean simulated = orchestration != null && givenTimer != null;
        return needed && !simulated ? HandOver.to(kept(own, pool("hand-over"))) : HandOver.NONE;
    }

    private ExecutorService workers() {
        return virtual ? virtualThreadPerTask() : Executors.newFixedThreadPool(count, threads("worker"));
    }

    private ExecutorService pool(String name) {
        return Executors.newCachedThreadPool(threads(name));
    }

    private static <E extends ExecutorService> E kept(List<ExecutorService> own, E pool) {
        own.add(pool);
        return pool;
    }

    private void choose() {
        if (chosen) {
            throw Arguments.invalid("choose one of threads, executor and virtualThreads, once");
        }
        chosen = true;
    }

    private ThreadFactory threads(String name) {
        ThreadFactory detached =
                DetachedThreads.named("batch-engine-" + name).withDaemon(daemon).withContextClassLoader(loader);
        return task -> detached.newThread(HandOver.marked(task));
    }

    /** By reflection, since the baseline is Java 17. */
    private ExecutorService virtualThreadPerTask() {
        try {
            Class<?> builderType = Class.forName("java.lang.Thread$Builder");
            Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
            builderType
                    .getMethod("inheritInheritableThreadLocals", boolean.class)
                    .invoke(builder, false);
            ThreadFactory detached =
                    (ThreadFactory) builderType.getMethod("factory").invoke(builder);
            ThreadFactory threads = task -> {
                Thread thread = detached.newThread(HandOver.marked(task));
                thread.setContextClassLoader(loader);
                return thread;
            };
            return (ExecutorService) Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime refuses virtual threads", e);
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
        public boolean any() {
            return !pools.isEmpty();
        }

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
