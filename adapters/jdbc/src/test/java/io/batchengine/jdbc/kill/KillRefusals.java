package io.batchengine.jdbc.kill;

import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.Verdict;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the commits that a store refuses since their batch belongs to another engine. */
final class KillRefusals {
    private final AtomicLong count = new AtomicLong();

    long count() {
        return count.get();
    }

    /** The same store, watched. */
    BatchStore watch(BatchStore store) {
        return (BatchStore) Proxy.newProxyInstance(
                BatchStore.class.getClassLoader(), new Class<?>[] {BatchStore.class}, (self, method, arguments) -> {
                    Object answer;
                    try {
                        answer = method.invoke(store, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                    if (method.getName().equals("commit") && answer instanceof List<?> verdicts) {
                        count.addAndGet(verdicts.stream()
                                .filter(one -> ((Verdict) one).kind() == Verdict.Kind.STALE_EPOCH)
                                .count());
                    }
                    return answer;
                });
    }
}
