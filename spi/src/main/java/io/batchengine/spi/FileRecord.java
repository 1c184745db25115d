package io.batchengine.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a store knows of one listed file.
 *
 * @param batchId the batch
 * @param ordinal the file's place in the listing
 * @param fileId the file's id
 * @param settled how it ended, or null while it has not
 * @param parked its waiting attempt, or null where none waits
 */
public record FileRecord(
        String batchId,
        long ordinal,
        String fileId,
        @Nullable SettledFile settled,
        @Nullable ParkedFile parked) {}
