package io.batchengine.documents;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * What one document may cost. A document beyond a limit fails with a message that names the limit.
 *
 * @param maxInputBytes the largest file that is read, in bytes
 * @param maxOutputCharacters the longest output, in UTF-16 characters
 * @param maxDepth how deeply elements may be nested
 * @param maxTime the longest time from the beginning of reading to the output
 * @param maxExpandedBytes how many bytes may come out of a document's compressed parts, all together
 * @param maxExpansionRatio how many bytes may come out of one compressed byte, once 8 MiB have come out
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record DocumentLimits(
        long maxInputBytes,
        int maxOutputCharacters,
        int maxDepth,
        Duration maxTime,
        long maxExpandedBytes,
        int maxExpansionRatio) {
    /** 256 MiB in, 10 million characters out, 256 levels, 2 minutes, 1 GiB expanded and at most 200-fold. */
    public static final DocumentLimits DEFAULT =
            new DocumentLimits(256L << 20, 10_000_000, 256, Duration.ofMinutes(2), 1L << 30, 200);

    /**
     * Checks the values.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if a limit is not positive
     */
    public DocumentLimits {
        requirePositive("maxInputBytes", maxInputBytes);
        requirePositive("maxOutputCharacters", maxOutputCharacters);
        requirePositive("maxDepth", maxDepth);
        requirePositive("maxTime", maxTime.compareTo(Duration.ZERO));
        requirePositive("maxExpandedBytes", maxExpandedBytes);
        requirePositive("maxExpansionRatio", maxExpansionRatio);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, Text.format("the limit %s must be positive", name));
        }
    }
}
