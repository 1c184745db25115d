package io.batchengine.testkit.invariant;

import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What the checkers of one run have found, and how often each had something to look at. Not for use by several threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Findings {
    /**
     * An invariant that did not hold.
     *
     * @param invariant which
     * @param message what was seen
     */
    public record Violation(Invariant invariant, String message) {}

    private final List<Violation> violations = new ArrayList<>();
    private final Map<Invariant, Long> exercised = new EnumMap<>(Invariant.class);

    private final Set<Invariant> notJudged;

    /** Without findings; all invariants are judged. */
    public Findings() {
        this(Set.of());
    }

    /**
     * Without findings.
     *
     * @param notJudged invariants that what happens in the run may break: violations of them are not recorded
     */
    public Findings(Set<Invariant> notJudged) {
        this.notJudged = Set.copyOf(notJudged);
    }

    /**
     * Records that an invariant does not hold, unless it is one that is not judged.
     *
     * @param invariant which
     * @param message what was seen
     */
    public void violated(Invariant invariant, String message) {
        if (!notJudged.contains(invariant)) {
            violations.add(new Violation(invariant, message));
        }
    }

    /**
     * Records that an invariant was put to the test once.
     *
     * @param invariant which
     */
    public void exercised(Invariant invariant) {
        exercised.merge(invariant, 1L, Long::sum);
    }

    /**
     * All violations.
     *
     * @return in the order in which they were met
     */
    public List<Violation> violations() {
        return violations;
    }

    /**
     * How often an invariant was put to the test.
     *
     * @param invariant which
     * @return the number
     */
    public long timesExercised(Invariant invariant) {
        return exercised.getOrDefault(invariant, 0L);
    }

    /** Records a violation where what is required does not hold. */
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of its own
    void require(boolean holds, Invariant invariant, String message, @Nullable Object... values) {
        if (!holds) {
            violated(invariant, Text.format(message, values));
        }
    }
}
