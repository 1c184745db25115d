package io.batchengine.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Does something for each of many numbers on a few threads. */
final class InParallel {
    private InParallel() {}

    static void forEach(LongStream numbers, int threads, LongConsumer action) {
        PrimitiveIterator.OfLong left = numbers.iterator();
        if (threads == 1) {
            left.forEachRemaining(action);
            return;
        }
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                workers.add(pool.submit(() -> work(left, action)));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a simulated run broke off", failure.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulating", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static void work(PrimitiveIterator.OfLong left, LongConsumer action) {
        while (true) {
            long next;
            synchronized (left) {
                if (!left.hasNext()) {
                    return;
                }
                next = left.nextLong();
            }
            action.accept(next);
        }
    }
}
