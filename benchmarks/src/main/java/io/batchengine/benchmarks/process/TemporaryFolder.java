package io.batchengine.benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of the working directory, so that it is on the disk that the user means, deleted at the end.
 *
 * @param path the folder
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
    /**
     * Makes one.
     *
     * @return the folder; to be closed by the caller
     * @throws IOException if it can't be made
     */
    public static TemporaryFolder inWorkingDirectory() throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(Path.of("").toAbsolutePath(), "benchmarks-"));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(path)) { // it may be closed twice
            for (Path inside : deepestFirst()) {
                Files.deleteIfExists(inside);
            }
        }
    }

    private List<Path> deepestFirst() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException changing) {
            throw changing.getCause();
        }
    }
}
