package io.batchengine.benchmarks;

import io.batchengine.model.Scope;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** Directories of any size: the id {@code dir-10} has ten files. */
public final class CountedFiles implements SourceDirectory {
    private static final String PREFIX = "dir-";

    private final Map<Integer, NoOpFiles> known = new ConcurrentHashMap<>();
    private final IntFunction<NoOpFiles> making;

    private CountedFiles(IntFunction<NoOpFiles> making) {
        this.making = making;
    }

    /**
     * Whose files are made when they are listed, so that they need no memory.
     *
     * @return the directories
     */
    public static CountedFiles generated() {
        return new CountedFiles(NoOpFiles::generated);
    }

    /**
     * Whose files are made once, at the first use of a directory, and kept.
     *
     * @return the directories
     */
    public static CountedFiles prepared() {
        return new CountedFiles(NoOpFiles::prepared);
    }

    /**
     * The id of a directory.
     *
     * @param files how many it has
     * @return the id
     */
    public static String of(int files) {
        return PREFIX + files;
    }

    /**
     * The files of a directory.
     *
     * @param files how many it has
     * @return the files
     */
    public NoOpFiles files(int files) {
        return known.computeIfAbsent(files, making::apply);
    }

    @Override
    public boolean exists(Scope scope, String directoryId) {
        return directoryId.startsWith(PREFIX);
    }

    @Override
    public Listing list(ListRequest request) {
        return named(request.directoryId()).list(request);
    }

    @Override
    public Optional<SourceFile> find(FileRequest request) {
        return named(request.directoryId()).find(request);
    }

    private NoOpFiles named(String directoryId) {
        return files(Integer.parseInt(directoryId.substring(PREFIX.length())));
    }
}
