package io.batchengine.benchmarks.targets;

import io.batchengine.benchmarks.process.WorkerFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Measures the targets for speed, in under a quarter of an hour, prints a line for each as it goes, and writes the table. Ends with exit
 * code 1 where one is missed.
 *
 * <p>Arguments: {@code --only name,...} for some of them, {@code --rounds N} instead of 9, {@code --files N} instead of each rate's own
 * number, {@code --java HOME} for the Java that is measured, and where the table goes instead of {@code benchmarks/results/targets.csv};
 * with {@code --only} it is written only where told.
 */
public final class QuickComparison {
    private QuickComparison() {}

    /**
     * Measures.
     *
     * @param args see above
     * @throws IOException if the table or the folder can't be written
     */
    @SuppressWarnings("SystemOut") // is what it is for
    public static void main(String[] args) throws IOException {
        boolean all = run(Options.of(args), System.out);
        System.exit(all ? 0 : 1);
    }

    /** Whether all are met. */
    static boolean run(Options options, PrintStream out) throws IOException {
        requireKnown(options.only());
        List<TargetVerdict> verdicts = new ArrayList<>();
        long start = System.nanoTime();
        try (Bench bench = new Bench(options)) {
            for (Target target : Targets.all()) {
                if (target.goals().stream().anyMatch(options::asksFor)) {
                    for (TargetVerdict verdict : measure(target, bench)) {
                        if (options.asksFor(verdict.goal())) {
                            out.println(verdict.line());
                            verdicts.add(verdict);
                        }
                    }
                }
            }
        }
        if (options.output().isPresent()) {
            TargetsCsv.write(options.output().get(), verdicts);
        }
        long met = verdicts.stream().filter(TargetVerdict::met).count();
        out.printf(
                Locale.ROOT,
                "%d of %d met, in %d s%n",
                met,
                verdicts.size(),
                (System.nanoTime() - start) / 1_000_000_000);
        return met == verdicts.size();
    }

    private static List<TargetVerdict> measure(Target target, Bench bench) throws IOException {
        try {
            return target.measure(bench);
        } catch (WorkerFailure failure) {
            String message = String.valueOf(failure.getMessage());
            return target.goals().stream().map(goal -> goal.failed(message)).toList();
        }
    }

    private static void requireKnown(List<String> names) {
        Set<String> unknown = new HashSet<>(names);
        for (Target target : Targets.all()) {
            target.goals().forEach(goal -> unknown.remove(goal.name()));
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no such targets: " + unknown);
        }
    }
}
