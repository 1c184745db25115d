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
            throw Arguments.invalid("%s is set twice", name);
        }
        return name;
    }

    int inRange(String name, int value, int low, int high) {
        return Arguments.inRange(once(name), value, low, high);
    }

    Duration notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw Arguments.invalid("%s %s is negative", name, value);
        }
        once(name);
        return value;
    }

    Duration positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw Arguments.invalid("%s %s is not positive", name, value);
        }
        once(name);
        return value;
    }

    Duration inRange(String name, Duration value, Duration low, Duration high) {
        if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
            throw Arguments.invalid("%s %s is not within %s to %s", name, value, low, high);
        }
        once(name);
        return value;
    }
}
