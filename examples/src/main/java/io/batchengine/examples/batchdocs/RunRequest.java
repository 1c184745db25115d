package io.batchengine.examples.batchdocs;

import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.JobFactory;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A batch to be run.
 *
 * @param type parse or extract
 * @param configurationId the configuration
 * @param factory makes its jobs
 * @param directory the documents
 * @param output the output folder, left out of the documents
 * @param glob which documents, or null for all
 * @param recursive whether also those in the directories below
 * @param threads how many at a time
 */
record RunRequest(
        JobType type,
        String configurationId,
        JobFactory factory,
        Path directory,
        Path output,
        @Nullable String glob,
        boolean recursive,
        int threads) {

    /** Refuses what is unknown or malformed, before anything is made. */
    void check() throws Exception {
        var unusedSnapshot = factory.resolve(Scope.ofProject("prj-default"), type, configurationId);
        var unusedDirectory = sourceDirectory();
    }

    /** An id for the directory: its name as it would be in a URI. */
    String directoryId() {
        String address = directory.normalize().toUri().getRawPath().replaceAll("/+$", "");
        String name = address.substring(address.lastIndexOf('/') + 1);
        return name.isEmpty() ? "dir-root" : "dir-" + name;
    }

    NioSourceDirectory sourceDirectory() {
        NioSourceDirectory directories = NioSourceDirectory.of(Map.of(directoryId(), directory))
                .recursive(recursive)
                .excluding(output);
        return glob == null ? directories : directories.glob(glob);
    }
}
