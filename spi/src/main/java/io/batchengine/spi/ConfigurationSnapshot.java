package io.batchengine.spi;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;

/**
 * The parameters of a configuration as they were when a batch was created. Stored with the batch and given to the factory for
 * every job, so that a later edit of the configuration changes nothing. The text is data: its form is the factory's own.
 *
 * @param text the parameters, of at most {@link #MAX_LENGTH} characters
 */
public record ConfigurationSnapshot(String text) {
    /** The longest snapshot, in UTF-16 characters. */
    public static final int MAX_LENGTH = 1 << 20;

    /** A snapshot without parameters. */
    public static final ConfigurationSnapshot EMPTY = new ConfigurationSnapshot("");

    /**
     * Checks the length.
     *
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if the text is too long
     */
    public ConfigurationSnapshot {
        if (text.length() > MAX_LENGTH) {
            throw BatchEngineException.of(
                    ErrorCode.CONFIGURATION_INVALID,
                    "the configuration's snapshot has %d characters; at most %d are allowed"
                            .formatted(text.length(), MAX_LENGTH));
        }
    }
}
