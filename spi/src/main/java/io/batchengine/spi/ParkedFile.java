package io.batchengine.spi;

import java.time.Instant;

/**
 * A file that waits for its next attempt. Recorded so that its attempts survive a restart; the record ends when the file is settled.
 *
 * @param ordinal the file's place in the listing
 * @param attempts how often its job was started so far
 * @param notBefore when the next attempt is due
 */
public record ParkedFile(long ordinal, int attempts, Instant notBefore) {}
