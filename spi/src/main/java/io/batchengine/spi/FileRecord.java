package io.batchengine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a store knows of one listed file.
 *
 * @param batchId the batch
 * @param ordinal the file's place in the listing
 * @param fileId the file's id
 * @param settled how it ended, or null while it has not
 * @param delayed what is recorded of it before it is settled, or null where there is nothing, or it is settled
 */
public record FileRecord(
        String batchId,
        long ordinal,
        String fileId,
        @Nullable SettledFile settled,
        @Nullable DelayedFile delayed) {}
