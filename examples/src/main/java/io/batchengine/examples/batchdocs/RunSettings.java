package io.batchengine.examples.batchdocs;

import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.store.StoredBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch needs beside its configuration, kept with it so that its id alone is enough to continue it. The directory is in the
 * batch's directory id, the rest in its snapshot.
 *
 * @param directory the documents, without links
 * @param output the output folder, without links; left out of the documents
 * @param glob which documents, or null for all
 * @param recursive whether also those in the directories below
 */
record RunSettings(Path directory, Path output, @Nullable String glob, boolean recursive) {
    private static final String ID_PREFIX = "dir-";

    /** Of paths as they were given; the directory exists. */
    static RunSettings of(Path directory, Path output, @Nullable String glob, boolean recursive) {
        if (Files.exists(output) && !Files.isDirectory(output)) {
            throw new UsageException(Text.format("--output %s is not a directory", Paths.text(output)));
        }
        return new RunSettings(real(directory), real(output), glob, recursive);
    }

    private static Path real(Path path) {
        try {
            return Paths.real(path);
        } catch (IOException e) {
            throw new UsageException(Text.format("%s can't be used: %s", Paths.text(path), Text.describe(e)));
        }
    }

    /** What is kept of a batch. */
    static RunSettings of(StoredBatch batch) {
        String id = batch.request().sourceDirectoryId();
        Snapshot kept = Snapshot.of(batch);
        try {
            return new RunSettings(
                    Paths.ofAddress(id.substring(ID_PREFIX.length())), kept.output(), kept.glob(), kept.recursive());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Snapshot.foreign(batch.id());
        }
    }

    /** An id for the directory, of which its path can be made again. */
    String directoryId() {
        String id = ID_PREFIX + Paths.address(directory);
        if (id.length() > Ids.MAX_FILE_ID_LENGTH) {
            throw new UsageException("the path of DIR is too long: " + Paths.text(directory));
        }
        return id;
    }

    /** The directory of an id, for people. */
    static String directoryText(String directoryId) {
        return Paths.decoded(
                directoryId.startsWith(ID_PREFIX) ? directoryId.substring(ID_PREFIX.length()) : directoryId);
    }

    /**
     * The directory under its id.
     *
     * @param others files that are no documents
     */
    NioSourceDirectory sourceDirectory(List<Path> others) {
        NioSourceDirectory source = NioSourceDirectory.of(Map.of(directoryId(), directory))
                .recursive(recursive)
                .excluding(output);
        for (Path other : others) {
            source = source.excluding(other);
        }
        return glob == null ? source : source.glob(glob);
    }
}
