package io.batchengine.benchmarks.guard;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The recorded values, a line of a file each. */
record GuardTable(List<Recorded> rows) {
    private static final String HEADER = "name,recorded,tolerance_percent";

    /**
     * A recorded value.
     *
     * @param name what is counted
     * @param value less is better
     * @param tolerancePercent by how much a measured value may be worse
     */
    record Recorded(String name, double value, double tolerancePercent) {}

    static GuardTable read(Path file) throws IOException {
        List<Recorded> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.equals(HEADER)) {
                String[] fields = line.split(",", -1);
                if (fields.length != 3) {
                    throw new IllegalArgumentException(Text.format("%s: not three fields: %s", file, line));
                }
                rows.add(new Recorded(fields[0], Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
            }
        }
        return new GuardTable(rows);
    }

    /** A table of measured values. */
    static GuardTable of(Map<String, Double> measured) {
        return new GuardTable(measured.entrySet().stream()
                .map(entry -> new Recorded(entry.getKey(), entry.getValue(), tolerance(entry.getKey())))
                .toList());
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (Recorded row : rows) {
            text.append(String.format(
                    Locale.ROOT, "%s,%s,%s%n", row.name, number(row.value), number(row.tolerancePercent)));
        }
        Files.writeString(file, text.toString().replace("\r\n", "\n"));
    }

    /** A number as it is written: whole where it is, otherwise with one digit. */
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.1f", value);
    }

    /** Bytes are the same to the digit here, and may differ a little with another JDK; counts do not. */
    private static double tolerance(String name) {
        return name.startsWith(Allocation.PREFIX) ? Allocation.TOLERANCE_PERCENT : 0;
    }
}
