package io.batchengine.internal.engine.commit;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import java.time.Instant;

/** A commit that leaves a batch as it is stored, to be changed by whoever has one thing to write of it. */
public final class StateCommit {
    private StateCommit() {}

    public static BatchCommit.Builder of(StoredBatch stored, Instant at) {
        BatchState s = stored.state();
        return BatchCommit.builder()
                .claim(stored.claim())
                .expectedVersion(s.version())
                .at(at)
                .status(s.status())
                .reason(s.reason())
                .counts(s.counts())
                .listingEnded(s.listingEnded())
                .listedTo(s.listedTo())
                .settledBelow(s.settledBelow())
                .crashes(s.crashes());
    }
}
