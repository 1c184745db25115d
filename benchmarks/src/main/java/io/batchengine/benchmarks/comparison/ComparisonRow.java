package io.batchengine.benchmarks.comparison;

import io.batchengine.model.Text;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was measured of one contender with one storage, kind of job and number of files: medians of rounds.
 *
 * @param commit of this repository
 * @param machine cores, memory and operating system
 * @param java its version
 * @param contender whose row it is
 * @param version of it
 * @param storage {@code memory}, {@code sqlite} or {@code postgresql}
 * @param job the kind, as {@code NO_OP}
 * @param threads that ran jobs
 * @param files how many
 * @param rounds that were measured
 * @param values what was measured
 * @param outcome {@link #DONE}, {@link #OVER_LIMIT} or {@link #FAILED}
 */
public record ComparisonRow(
        String commit,
        String machine,
        String java,
        String contender,
        String version,
        String storage,
        String job,
        int threads,
        int files,
        int rounds,
        Values values,
        String outcome) {
    /** All rounds ended. */
    public static final String DONE = "done";
    /** A round took too long, or would have. */
    public static final String OVER_LIMIT = "over the time limit";
    /** A round failed. */
    public static final String FAILED = "failed";

    /** The first line of a file of rows. */
    public static final String HEADER = "commit,machine,java,contender,version,storage,job,threads,files,rounds,"
            + "files_per_second,first_job_ms,heap_mb,allocated_bytes_per_file,cpu_us_per_file,written_bytes_per_file,"
            + "syncs_per_file,outcome";

    private static final int FIELDS = HEADER.split(",", -1).length;

    /**
     * What was measured; empty where it was not.
     *
     * @param filesPerSecond the rate
     * @param firstJobMillis until the first job started
     * @param heapMegabytes the peak
     * @param allocatedBytes per file
     * @param cpuMicros per file, of the contender's process
     * @param writtenBytes per file
     * @param syncs per file
     */
    public record Values(
            OptionalDouble filesPerSecond,
            OptionalDouble firstJobMillis,
            OptionalDouble heapMegabytes,
            OptionalDouble allocatedBytes,
            OptionalDouble cpuMicros,
            OptionalDouble writtenBytes,
            OptionalDouble syncs) {
        /** Nothing was measured. */
        public static final Values NONE = new Values(
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());

        private String toText() {
            return List.of(
                            filesPerSecond,
                            firstJobMillis,
                            heapMegabytes,
                            allocatedBytes,
                            cpuMicros,
                            writtenBytes,
                            syncs)
                    .stream()
                    .map(ComparisonRow::text)
                    .collect(Collectors.joining(","));
        }
    }

    /**
     * Whether it has a rate.
     *
     * @return true where all rounds ended
     */
    public boolean isDone() {
        return outcome.equals(DONE);
    }

    /**
     * As a line of a file.
     *
     * @return without the end of the line
     */
    public String toLine() {
        String before = List.of(commit, machine, java, contender, version, storage, job).stream()
                .map(field -> field.replace(',', ';').replace('\n', ' '))
                .collect(Collectors.joining(","));
        return Text.format("%s,%d,%d,%d,%s,%s", before, threads, files, rounds, values.toText(), outcome);
    }

    static ComparisonRow ofLine(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(Text.format("not %d fields: %s", FIELDS, line));
        }
        Function<Integer, OptionalDouble> number = index ->
                fields[index].isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(fields[index]));
        return new ComparisonRow(
                fields[0],
                fields[1],
                fields[2],
                fields[3],
                fields[4],
                fields[5],
                fields[6],
                Integer.parseInt(fields[7]),
                Integer.parseInt(fields[8]),
                Integer.parseInt(fields[9]),
                new Values(
                        number.apply(10),
                        number.apply(11),
                        number.apply(12),
                        number.apply(13),
                        number.apply(14),
                        number.apply(15),
                        number.apply(16)),
                fields[17]);
    }

    /** Four digits that count, but all of a whole part. */
    private static String text(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        int digits = number == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(Math.abs(number))));
        return String.format(Locale.ROOT, "%." + digits + "f", number);
    }
}
