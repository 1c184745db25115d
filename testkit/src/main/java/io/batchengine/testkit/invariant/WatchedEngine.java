package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import java.time.Duration;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an engine that starts.
 *
 * @param limits the limits that it was given last
 * @param delay how long it may go by the ones before
 * @param workers how many jobs that block it runs at a time
 * @param renewal within which time it sees a cancel request of another engine, or null where something may delay it
 * @param exact whether a job is asked for in the very moment in which the limits let it start
 * @param prompt whether nothing delays what it does by more than a blink
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record WatchedEngine(
        Supplier<Limits> limits,
        Duration delay,
        int workers,
        @Nullable Duration renewal,
        boolean exact,
        boolean prompt) {}
