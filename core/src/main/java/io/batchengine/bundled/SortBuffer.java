package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How much memory the sorting of one listing may take, and where the rest goes: sorted runs in temporary files that only the
 * process's own user can read, and that are gone with the listing.
 *
 * @param names how many ids are held in memory at the most, at least 1; beyond, they are spilled
 * @param spillDirectory where temporary files are made, or null for the platform's own place ({@code java.io.tmpdir})
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public record SortBuffer(int names, @Nullable Path spillDirectory) {
    /** 100,000 ids in memory, some 10 MB; temporary files in the platform's own place. */
    public static final SortBuffer DEFAULT = new SortBuffer(100_000, null);

    /**
     * Checks the number.
     *
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if {@code names} is below 1
     */
    public SortBuffer {
        if (names < 1) {
            throw BatchEngineException.of(
                    ErrorCode.INVALID_ARGUMENT, "a sort buffer of " + names + " names holds none; give at least 1");
        }
    }
}
