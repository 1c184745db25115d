package io.batchengine.internal.engine.batch;

import io.batchengine.model.BatchOptions;
import io.batchengine.model.FailureTolerance;
import io.batchengine.model.FileCounts;
import io.batchengine.model.Text;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Says whether more files of a batch have failed than it tolerates. */
final class TooManyFailures {
    private TooManyFailures() {}

    /** What there is to tell of it, with figures; null while the batch tolerates its failures. */
    static @Nullable String message(FailureTolerance tolerance, FileCounts counts, boolean listingEnded) {
        if (!tolerance.isExceeded(counts, listingEnded)) {
            return null;
        }
        long failed = counts.failedFiles();
        String tolerated = failed > tolerance.maxCount()
                ? String.valueOf(tolerance.maxCount())
                : BigDecimal.valueOf(tolerance.maxPercent())
                                .stripTrailingZeros()
                                .toPlainString() + " %";
        String of = listingEnded ? counts.listed() + " files" : counts.settled() + " settled files";
        return Text.format("%d of %s have failed, more than the %s that the batch tolerates", failed, of, tolerated);
    }

    /** What there is to tell where the source directory has more files than the batch may have. */
    static String files(BatchOptions options) {
        return Text.format(
                "the source directory has more than the %d files that the batch may have", options.maxFiles());
    }
}
