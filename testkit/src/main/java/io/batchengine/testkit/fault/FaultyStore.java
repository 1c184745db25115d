package io.batchengine.testkit.fault;

import io.batchengine.spi.store.BatchStore;
import io.batchengine.spi.store.ForwardingBatchStore;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** A store whose calls go wrong. */
final class FaultyStore extends ForwardingBatchStore {
    private static final Map<String, Call> CALLS = Map.ofEntries(
            Map.entry("create", Call.STORE_CREATE),
            Map.entry("find", Call.STORE_FIND),
            Map.entry("list", Call.STORE_LIST),
            Map.entry("commit", Call.STORE_COMMIT),
            Map.entry("claim", Call.STORE_CLAIM),
            Map.entry("renew", Call.STORE_RENEW),
            Map.entry("requestCancel", Call.STORE_REQUEST_CANCEL),
            Map.entry("files", Call.STORE_FILES),
            Map.entry("delayed", Call.STORE_FILES), // the other way to read files
            Map.entry("delete", Call.STORE_DELETE),
            Map.entry("close", Call.STORE_CLOSE));

    private final BatchStore real;
    private final Faults faults;

    FaultyStore(BatchStore real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    protected BatchStore delegate() {
        return real;
    }

    @Override
    protected <T> T call(String method, Supplier<T> call) {
        return faults.call(Objects.requireNonNull(CALLS.get(method), method), call::get);
    }
}
