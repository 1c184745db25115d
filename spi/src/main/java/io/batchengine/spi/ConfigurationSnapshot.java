package io.batchengine.spi;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;

/**
 * The parameters of a configuration as they were when a batch was created. Stored with the batch and given to the factory for
 * every job, so that a later edit of the configuration changes nothing. The text is data: its form is the factory's own.
 *
 * @param text the parameters: valid Unicode without NUL, of at most {@link #MAX_LENGTH} characters; may be empty
 */
public record ConfigurationSnapshot(String text) {
    /** The longest snapshot, in UTF-16 characters. */
    public static final int MAX_LENGTH = 1 << 20;

    /** A snapshot without parameters. */
    public static final ConfigurationSnapshot EMPTY = new ConfigurationSnapshot("");

    /**
     * Checks the text.
     *
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if a store could not keep it
     */
    public ConfigurationSnapshot {
        String fault = text.isEmpty() ? null : Ids.fault(text, MAX_LENGTH);
        if (fault != null) {
            throw BatchEngineException.of(ErrorCode.CONFIGURATION_INVALID, "the configuration's snapshot " + fault);
        }
    }
}
