package io.batchengine.testkit;

import io.batchengine.spi.SourceDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A directory of a file system; its files can be added and removed. */
class FolderFixture implements SourceDirectoryFixture {
    final Path folder;
    private final String directoryId;
    private final Function<Path, SourceDirectory> sources;
    private final SourceDirectory source;

    /** Fills the folder, which becomes the directory of an id. */
    FolderFixture(Path folder, String directoryId, List<String> names, Function<Path, SourceDirectory> sources)
            throws IOException {
        this.folder = folder;
        this.directoryId = directoryId;
        this.sources = sources;
        this.source = sources.apply(folder);
        Files.createDirectories(folder);
        for (String name : names) {
            add(name);
        }
    }

    @Override
    public SourceDirectory source() {
        return source;
    }

    @Override
    public String directoryId() {
        return directoryId;
    }

    @Override
    public SourceDirectory reopened() {
        return sources.apply(folder);
    }

    @Override
    public boolean add(String name) throws IOException {
        Path file = folder.resolve(name);
        if (file.getParent() != null) {
            Files.createDirectories(file.getParent());
        }
        Files.write(file, SourceDirectoryContract.contentOf(name));
        return true;
    }

    @Override
    public boolean remove(String name) throws IOException {
        Files.delete(folder.resolve(name));
        return true;
    }
}
