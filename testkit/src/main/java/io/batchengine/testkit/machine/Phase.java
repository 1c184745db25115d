package io.batchengine.testkit.machine;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of what happens on a {@link SimulatedMachine}. It is over when its goal is reached, its time has passed, or nothing is left that
 * could run.
 *
 * @param goal asked each time nothing more can run at the present time; must not change anything
 * @param limit how much simulated time may pass
 * @param then tells at its end what follows
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Phase(BooleanSupplier goal, Duration limit, Then then) {
    /** What follows a phase. */
    @FunctionalInterface
    public interface Then {
        /**
         * Called at the end of a phase, outside of all tasks.
         *
         * @param reached whether its goal was reached
         * @return the next phase, or null where the run is over
         */
        @Nullable
        Phase follows(boolean reached);
    }

    static final Phase NONE = new Phase(() -> true, Duration.ZERO, reached -> null);
}
