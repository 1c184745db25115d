package io.batchengine.orchestration;

import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has to be written of one batch that this engine holds. Confined to decisions. */
interface CommitSource {
    BatchKey.ById key();

    /** All that is to be written, as one commit; null where there is nothing. */
    @Nullable
    BatchCommit take(Instant at);

    /** What became of the commit that was taken. */
    void answered(Verdict verdict);
}
