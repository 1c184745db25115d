package io.batchengine;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The settings that a builder was given: each once, and within its range. */
final class GivenOnce {
    private final Set<String> names = new HashSet<>();

    /** Notes a setting and gives its name back. */
    String once(String name) {
        if (!names.add(name)) {
            throw BatchEngineBuilder.invalid("%s is set twice", name);
        }
        return name;
    }

    int inRange(String name, int value, int low, int high) {
        return range(once(name), value, low, high);
    }

    Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw BatchEngineBuilder.invalid("%s %s is negative", name, value);
        }
        once(name);
        return value;
    }

    Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw BatchEngineBuilder.invalid("%s %s is not positive", name, value);
        }
        once(name);
        return value;
    }

    Duration inRange(String name, Duration value, Duration low, Duration high) {
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            throw BatchEngineBuilder.invalid("%s %s is not within %s to %s", name, value, low, high);
        }
        once(name);
        return value;
    }

    static int range(String name, int value, int low, int high) {
        if (value < low || value > high) {
            throw BatchEngineBuilder.invalid("%s %d is not within %d to %d", name, value, low, high);
        }
        return value;
    }
}
