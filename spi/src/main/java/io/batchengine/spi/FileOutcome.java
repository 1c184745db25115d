package io.batchengine.spi;

import org.apiguardian.api.API;

/**
 * How a file was settled. The order of the constants is stable and may be stored. Closed.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public enum FileOutcome {
    /** Its job succeeded. */
    SUCCEEDED,
    /** Its job was created and failed. */
    FAILED,
    /** Its job was created and stopped by the cancellation of the batch. */
    CANCELLED,
    /** No job could be created or associated. */
    MAPPING_ERROR
}
