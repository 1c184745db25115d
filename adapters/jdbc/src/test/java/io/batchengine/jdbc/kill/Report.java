package io.batchengine.jdbc.kill;

import io.batchengine.model.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A CSV file with a row for each run: database, seed, shape and tally. It grows with each run of the harness, also with several at a time,
 * and tells what there is to sum up.
 *
 * @param file the file
 */
record Report(Path file) {
    private static final String HEADER = "database,shape,seed," + String.join(",", KillTally.NAMES) + "\n";

    /** Adds a run. */
    synchronized void add(String database, Workload.Shape shape, long seed, KillTally tally) {
        String row = Text.format(
                "%s,%s,%d,%s%n",
                database,
                shape,
                seed,
                tally.values().stream().map(Object::toString).collect(Collectors.joining(",")));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.lock(); // until the channel is closed
            String text = channel.size() == 0 ? HEADER + row : row;
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The sum of all runs on a database. */
    synchronized KillTally sum(String database) {
        try {
            if (!Files.exists(file)) {
                return KillTally.ZERO;
            }
            return Files.readAllLines(file).stream()
                    .map(row -> List.of(row.split(",", -1)))
                    .filter(row -> row.get(0).equals(database))
                    .map(Report::tally)
                    .reduce(KillTally.ZERO, KillTally::plus);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static KillTally tally(List<String> row) {
        return KillTally.of(row.stream().skip(3).map(Long::parseLong).toList());
    }
}
