package io.batchengine.testkit.invariant;

import io.batchengine.limits.Limits;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an engine that starts.
 *
 * @param limits the limits that it uses now
 * @param workers how many jobs that block it runs at a time
 * @param renewal within which time it sees a cancel request of another engine, or null where something may delay it
 * @param exact whether a job is asked for in the moment in which its limits are; else limits are not checked where they change
 * @param prompt whether nothing delays what it does by more than a blink
 */
public record WatchedEngine(
        Supplier<Limits> limits, int workers, @Nullable Duration renewal, boolean exact, boolean prompt) {}
