package io.batchengine.internal.engine.commit;

import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has to be written of one batch that this engine holds. Confined to the serial executor. */
public interface CommitSource {
    BatchKey.ById key();

    /** All that is to be written, as one commit; null where there is nothing. */
    @Nullable
    BatchCommit take(Instant at);

    /** Whether the store has refused some of what it has to write: it is written by itself, so that it keeps no other from being written. */
    boolean isRefused();

    /** The store has refused the commit that was taken, and refuses it again; nothing of it is written. */
    void refused(Throwable failure);

    /** What became of the commit that was taken. */
    void answered(Verdict verdict);
}
