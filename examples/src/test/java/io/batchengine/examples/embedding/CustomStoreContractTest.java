package io.batchengine.examples.embedding;

import io.batchengine.spi.store.BatchStore;
import io.batchengine.testkit.BatchStoreContract;
import java.util.function.LongSupplier;

// README:begin store-contract
class CustomStoreContractTest extends BatchStoreContract {
    @Override
    protected BatchStore openStore(LongSupplier ticker) {
        return new CustomStore(ticker); // new and empty
    }
}
// README:end store-contract
