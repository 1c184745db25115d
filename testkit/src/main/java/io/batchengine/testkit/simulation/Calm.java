package io.batchengine.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** The time from which on nothing goes wrong any more, and what hangs until then. */
final class Calm {
    private final List<Runnable> waiting = new ArrayList<>();
    private boolean begun;

    boolean hasBegun() {
        return begun;
    }

    void whenItBegins(Runnable action) {
        if (begun) {
            action.run();
        } else {
            waiting.add(action);
        }
    }

    void begin() {
        begun = true;
        waiting.forEach(Runnable::run);
        waiting.clear();
    }
}
