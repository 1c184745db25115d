package io.batchengine.testkit;

import io.batchengine.bundled.InMemoryBatchStore;
import io.batchengine.spi.store.BatchStore;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** All capabilities, on data that outlives the stores in front of it. */
class SharedStoreContractTest extends BatchStoreContract {
    private BatchStore data = new InMemoryBatchStore();
    private int open;

    private final class Handle extends SoundStore {
        private boolean closed;

        Handle() {
            super(data);
            open++;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                open--;
            }
        }
    }

    @Override
    protected BatchStore openStore(LongSupplier ticker) {
        data = new InMemoryBatchStore(ticker);
        return new Handle();
    }

    @Override
    protected Optional<BatchStore> reopenStore(LongSupplier ticker) {
        return Optional.of(new Handle());
    }

    @Override
    protected Optional<BatchStore> openSecondStore(LongSupplier ticker) {
        return Optional.of(new Handle());
    }

    @Override
    protected List<String> openHandles() {
        return open == 0 ? List.of() : List.of(open + " handles");
    }
}
