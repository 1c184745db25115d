package io.batchengine.testkit;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.store.BatchStore;
import java.util.function.LongSupplier;

class InMemoryBatchStoreContractTest extends BatchStoreContract {
    @Override
    protected BatchStore openStore(LongSupplier ticker) {
        return new InMemoryBatchStore(ticker);
    }
}
