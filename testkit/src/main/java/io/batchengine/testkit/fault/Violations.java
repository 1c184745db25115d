package io.batchengine.testkit.fault;

import io.batchengine.model.Text;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Checked} decorators have met. Each also throws a {@link ContractViolation} into the call; but the engine guards its calls of
 * plug-ins, so a test has to ask here. Threading: safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Violations {
    private final List<String> found = new CopyOnWriteArrayList<>();

    /** Without violations. */
    public Violations() {}

    /**
     * All violations so far.
     *
     * @return a message for each, in the order in which they were met
     */
    public List<String> found() {
        return List.copyOf(found);
    }

    /**
     * Fails where there was a violation.
     *
     * @throws ContractViolation with the messages of all
     */
    public void assertNone() {
        if (!found.isEmpty()) {
            throw new ContractViolation(String.join(System.lineSeparator(), found));
        }
    }

    /**
     * Whether nothing was met so far.
     *
     * @return true as long as {@link #found} has nothing to tell
     */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Records a fault, if there is one, and throws it. */
    void check(@Nullable String fault) {
        if (fault != null) {
            found.add(fault);
            throw new ContractViolation(fault);
        }
    }

    /** Records and throws a fault where what is required does not hold. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    void require(boolean holds, String message, @Nullable Object... values) {
        if (!holds) {
            check(Text.format(message, values));
        }
    }
}
