package io.batchengine.testkit.machine;

import io.batchengine.model.Text;

/** Tasks follow tasks and simulated time stands: on a real machine, a core would be busy for ever. */
public final class LivelockException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    LivelockException(String process, int tasks) {
        super(Text.format("%s goes round for ever: over %d tasks ran within a second", process, tasks));
    }
}
