package io.batchengine.benchmarks.targets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The table of targets as a file. */
final class TargetsCsv {
    static final String HEADER = "name,measured,bound,met";

    private TargetsCsv() {}

    static void write(Path file, List<TargetVerdict> verdicts) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (TargetVerdict verdict : verdicts) {
            text.append(verdict.csv()).append('\n');
        }
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
    }

    static String row(String... fields) {
        for (String field : fields) {
            if (field.contains(",") || field.contains("\n") || field.contains("\"")) {
                throw new IllegalArgumentException("a field must not have commas, quotes or lines: " + field);
            }
        }
        return String.join(",", fields);
    }
}
