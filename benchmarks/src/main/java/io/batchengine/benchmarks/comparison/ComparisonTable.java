package io.batchengine.benchmarks.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The rows of a comparison, in a file. */
public final class ComparisonTable {
    private ComparisonTable() {}

    /**
     * Reads a file.
     *
     * @param file with its header
     * @return its rows
     * @throws IOException if it can't be read
     */
    public static List<ComparisonRow> read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(ComparisonRow.HEADER)) {
            throw new IllegalArgumentException(file + " does not begin with the header");
        }
        return lines.stream()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(ComparisonRow::ofLine)
                .toList();
    }

    /**
     * Begins a new file.
     *
     * @param file gets the header alone
     * @throws IOException if it can't be written
     */
    public static void begin(Path file) throws IOException {
        Files.writeString(file, ComparisonRow.HEADER + "\n");
    }

    /**
     * Adds a row, so that a run that is interrupted keeps what it has.
     *
     * @param file with its header
     * @param row the row
     * @throws IOException if it can't be written
     */
    public static void add(Path file, ComparisonRow row) throws IOException {
        Files.writeString(file, row.toLine() + "\n", StandardOpenOption.APPEND);
    }
}
