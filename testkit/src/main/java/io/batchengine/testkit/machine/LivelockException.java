package io.batchengine.testkit.machine;

import io.batchengine.model.Text;
import org.apiguardian.api.API;

/**
 * Tasks follow tasks and simulated time stands: on a real machine, a core would be busy for ever.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class LivelockException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    LivelockException(String process, int tasks) {
        super(Text.format("%s goes round for ever: over %d tasks ran within a second", process, tasks));
    }
}
