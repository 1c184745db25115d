package io.batchengine.benchmarks.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what can be counted of the engine's way of a file, and compares it with {@code results/guard.csv}.
 *
 * <p>Arguments: {@code record} or {@code check}, the file with the recorded values, and a folder, in which another is made for databases.
 */
public final class Guard {
    /** What to do where a value has changed for a reason. */
    static final String RECORD = """
            Where this is meant, record the new values, and say why in the commit:
                mvn -B -DskipTests package
                java -cp benchmarks/target/benchmarks.jar io.batchengine.benchmarks.guard.Guard record benchmarks/results/guard.csv FOLDER""";

    private Guard() {}

    /**
     * Measures; then records, or prints what is found and ends with exit code 1 where there is something.
     *
     * @param args {@code record} or {@code check}, the file, a folder
     * @throws Exception if it can't be measured
     */
    public static void main(String[] args) throws Exception {
        Map<String, Double> measured = measure(newFolder(Path.of(args[2])));
        measured.forEach((name, value) -> System.out.printf(Locale.ROOT, "%-60s %s%n", name, GuardTable.number(value)));
        Path file = Path.of(args[1]);
        if (args[0].equals("record")) {
            GuardTable.of(measured).write(file);
            return;
        }
        List<String> findings = Comparison.findings(GuardTable.read(file), measured);
        findings.forEach(System.out::println);
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    /** Databases that an earlier run has left would have nothing left to do. */
    private static Path newFolder(Path in) throws IOException {
        return Files.createTempDirectory(Files.createDirectories(in), "guard-");
    }

    static Map<String, Double> measure(Path folder) throws IOException, SQLException, InterruptedException {
        Map<String, Double> measured = new TreeMap<>(RoundTrips.calls());
        measured.putAll(RoundTrips.sqlite(folder));
        measured.putAll(RoundTrips.postgresql());
        measured.putAll(Allocation.measure(folder));
        return measured;
    }
}
