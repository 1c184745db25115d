package io.batchengine.benchmarks.hotpath;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;

/** The in-memory store, but that it keeps nothing of single files: what is left is the engine's own part. */
final class ForgetfulStore {
    private ForgetfulStore() {}

    static BatchStore create() {
        BatchStore real = new InMemoryBatchStore();
        return (BatchStore) Proxy.newProxyInstance(
                ForgetfulStore.class.getClassLoader(),
                new Class<?>[] {BatchStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("commit") && arguments[0] instanceof List<?> commits) {
                        return real.commit(commits.stream()
                                .map(commit -> withoutFiles((BatchCommit) commit))
                                .toList());
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static BatchCommit withoutFiles(BatchCommit commit) {
        return commit.toBuilder()
                .pages(List.of())
                .settled(List.of())
                .delayed(List.of())
                .build();
    }
}
