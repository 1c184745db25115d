package io.batchengine.benchmarks.flow;

import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.model.Scope;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.util.Optional;

/** Directories of any size: the id {@code dir-10} has ten files. */
final class CountedFiles implements SourceDirectory {
    private static final String PREFIX = "dir-";

    static String of(int files) {
        return PREFIX + files;
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directoryId.startsWith(PREFIX);
    }

    @Override
    public Listing list(Scope scope, String directoryId, Optional<String> afterId) {
        return files(directoryId).list(scope, directoryId, afterId);
    }

    @Override
    public Optional<SourceFile> find(Scope scope, String directoryId, String fileId) {
        return files(directoryId).find(scope, directoryId, fileId);
    }

    private static NoOpFiles files(String directoryId) {
        return NoOpFiles.generated(Integer.parseInt(directoryId.substring(PREFIX.length())));
    }
}
