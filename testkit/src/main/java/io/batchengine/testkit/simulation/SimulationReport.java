package io.batchengine.testkit.simulation;

import io.batchengine.model.Text;
import io.batchengine.testkit.invariant.Invariant;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * What runs have found.
 *
 * @param runs how many there were
 * @param failures the runs in which an invariant did not hold; the first ones, each with the smallest run that fails in the same way
 * @param violations how many runs failed in all
 * @param exercised how often each invariant was really put to the test
 * @param faults how many faults really happened
 * @param simulated the time that passed in all runs together
 * @param real the time that they took
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record SimulationReport(
        long runs,
        List<Failure> failures,
        long violations,
        Map<Invariant, Long> exercised,
        long faults,
        Duration simulated,
        Duration real) {
    /**
     * A run in which an invariant did not hold.
     *
     * @param name of the run: its seed, or the fault of a sweep
     * @param invariant the first that did not hold
     * @param message what was seen
     * @param plan what the smallest such run consists of
     * @param trace what happened in it
     * @param command runs it again
     */
    public record Failure(String name, Invariant invariant, String message, String plan, String trace, String command) {
        @Override
        public String toString() {
            return String.join(
                    System.lineSeparator(),
                    Text.format("%s: %s (%s): %s", name, invariant.id(), invariant.rule(), message),
                    "again by: " + command,
                    "smallest plan: " + plan,
                    trace);
        }
    }

    /**
     * Fails where a run did.
     *
     * @return this
     * @throws AssertionError with what is known of the first
     */
    public SimulationReport assertClean() {
        if (violations > 0) {
            throw new AssertionError(
                    Text.format("%d of %d runs fail; the first:%n%s", violations, runs, failures.get(0)));
        }
        return this;
    }

    /**
     * How many runs a second there were.
     *
     * @return rounded down
     */
    public long runsPerSecond() {
        return runs * 1_000_000_000L / Math.max(1, real.toNanos());
    }

    /**
     * A line for each invariant: how often it was exercised, and what it says. Zero is a hole, but that a check of the author's own need not be.
     *
     * @return several lines
     */
    public String table() {
        StringBuilder table = new StringBuilder();
        Arrays.stream(Invariant.values())
                .filter(invariant -> invariant != Invariant.OWN_CHECK || exercised.getOrDefault(invariant, 0L) > 0)
                .forEach(invariant -> table.append(String.format(
                        Locale.ROOT,
                        "%-8s%12d  %s%n",
                        invariant.id(),
                        exercised.getOrDefault(invariant, 0L),
                        invariant.rule())));
        return table.toString();
    }

    /**
     * All in one line.
     *
     * @return as the simulator prints it last
     */
    public String summary() {
        return Text.format(
                "seeds: %d, violations: %d, faults injected: %d, simulated time: %s, runs/s: %d",
                runs, violations, faults, time(simulated), runsPerSecond());
    }

    private static String time(Duration time) {
        return Text.format(
                "%dd %02d:%02d:%02d", time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart());
    }
}
