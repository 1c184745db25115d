package io.batchengine.benchmarks.comparison;

import io.batchengine.benchmarks.process.ContenderProcess;
import io.batchengine.benchmarks.process.Medians;
import io.batchengine.benchmarks.process.Round;
import io.batchengine.benchmarks.process.WorkerFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A contender in one cell: its process, its rounds, and what became of it. */
final class Rival implements AutoCloseable {
    private static final double MEBIBYTE = 1 << 20;

    final String label;
    private final Cell cell;
    private final Duration limit;
    private final List<Round> rounds = new ArrayList<>();
    private @Nullable ContenderProcess process;
    private String outcome = ComparisonRow.DONE;
    private String problem = "";

    Rival(String label, Cell cell, Duration limit) {
        this.label = label;
        this.cell = cell;
        this.limit = limit;
    }

    /** Starts its process, unless a rate that it had before says that it would be too slow. */
    void open(Site site, ComparisonOptions options, double rateBefore) throws IOException {
        if (rateBefore > 0 && cell.files() / rateBefore > limit.toSeconds()) {
            outcome = ComparisonRow.OVER_LIMIT;
            return;
        }
        try {
            process = ContenderProcess.start(
                    label, site.storage(cell.storage()), cell.threads(), options.java(), cell.jvmOptions());
        } catch (WorkerFailure failure) {
            failed(failure, Duration.ZERO);
        }
    }

    boolean isIn() {
        return process != null;
    }

    /** One round; it is out of the cell if that fails. */
    void round(boolean counts) throws IOException {
        ContenderProcess own = process;
        if (own == null) {
            return;
        }
        long start = System.nanoTime();
        try {
            Round round = own.round(cell.files(), cell.job(), limit);
            if (counts) {
                rounds.add(round);
            }
        } catch (WorkerFailure failure) {
            failed(failure, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private void failed(WorkerFailure failure, Duration after) throws IOException {
        outcome = after.compareTo(limit) >= 0 ? ComparisonRow.OVER_LIMIT : ComparisonRow.FAILED;
        problem = String.valueOf(failure.getMessage());
        rounds.clear();
        close();
    }

    /** Why it failed; empty where it did not. */
    String problem() {
        return problem;
    }

    /** The median of its rates; 0 where it has none. */
    double rate() {
        return rounds.isEmpty() ? 0 : median(Round::rate).getAsDouble();
    }

    ComparisonRow row(Environment environment, WrittenPerFile.Found written) {
        return new ComparisonRow(
                environment.commit(),
                environment.machine(),
                environment.java(),
                label,
                environment.version(label),
                cell.storage(),
                cell.job().name(),
                cell.threads(),
                cell.files(),
                rounds.size(),
                rounds.isEmpty() ? ComparisonRow.Values.NONE : values(written),
                outcome);
    }

    private ComparisonRow.Values values(WrittenPerFile.Found written) {
        double files = cell.files();
        boolean bySystem = written.bytes().isEmpty() && cell.storage().equals("sqlite");
        return new ComparisonRow.Values(
                median(Round::rate),
                median(round -> round.firstJobNanos() / 1e6),
                median(round -> round.peakHeapBytes() / MEBIBYTE),
                median(round -> round.allocatedBytes() / files),
                mean(round ->
                        round.cpuNanos() / 1e3 / files), // the system counts in ticks that are long beside a round
                bySystem ? median(round -> round.writtenBytes() / files) : written.bytes(),
                written.syncs());
    }

    private OptionalDouble median(ToDoubleFunction<Round> value) {
        return OptionalDouble.of(
                Medians.median(rounds.stream().mapToDouble(value).toArray()));
    }

    private OptionalDouble mean(ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).average();
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
