package io.batchengine.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Calls made by several threads at the same time. */
final class Parallel {
    static final int THREADS = 8;
    private static final long PATIENCE_SECONDS = 120;

    private Parallel() {}

    /** Makes a call on each of {@link #THREADS} threads, all of which begin together; their answers by number of the thread. */
    static <T> List<T> call(IntFunction<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch ready = new CountDownLatch(THREADS);
            List<Future<T>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Callable<T> call = calls.apply(i);
                answers.add(threads.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return call.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) {
                all.add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    /** The same call on all threads. */
    static <T> List<T> call(Callable<T> call) throws Exception {
        return call(thread -> call);
    }
}
