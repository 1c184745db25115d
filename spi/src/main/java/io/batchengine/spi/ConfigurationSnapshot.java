package io.batchengine.spi;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a configuration as they were when a batch was created. They are stored with the batch and given to the factory for
 * every job, so a later edit of the configuration changes nothing. The text is data: the factory decides its form.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class ConfigurationSnapshot {
    /** The longest snapshot, in UTF-16 characters. */
    public static final int MAX_LENGTH = 1 << 20;

    /** A snapshot without parameters. */
    public static final ConfigurationSnapshot EMPTY = new ConfigurationSnapshot("");

    private final String text;

    private ConfigurationSnapshot(String text) {
        this.text = text;
    }

    /**
     * Creates a snapshot.
     *
     * @param text the parameters: valid Unicode without NUL, of at most {@link #MAX_LENGTH} characters; may be empty
     * @return the snapshot
     * @throws BatchEngineException {@link ErrorCode#CONFIGURATION_INVALID} if a store could not keep the text
     */
    public static ConfigurationSnapshot of(String text) {
        String fault = text.isEmpty() ? null : Ids.fault(text, MAX_LENGTH);
        if (fault != null) {
            throw BatchEngineException.of(ErrorCode.CONFIGURATION_INVALID, "the configuration's snapshot " + fault);
        }
        return new ConfigurationSnapshot(text);
    }

    /** {@return the parameters, as valid Unicode without NUL; may be empty} */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConfigurationSnapshot that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return Text.format("ConfigurationSnapshot[text=%s]", text);
    }
}
