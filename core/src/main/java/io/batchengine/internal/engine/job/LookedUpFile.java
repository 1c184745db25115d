package io.batchengine.internal.engine.job;

import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A file of which only the id is recorded; looked up in its source directory when a worker first needs it. */
public final class LookedUpFile implements SourceFile {
    private final SourceDirectory directory;
    private final Scope scope;
    private final String directoryId;
    private final String id;
    private @Nullable SourceFile found;

    public LookedUpFile(SourceDirectory directory, Scope scope, String directoryId, String id) {
        this.directory = directory;
        this.scope = scope;
        this.directoryId = directoryId;
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return find().map(SourceFile::name).orElse(id);
    }

    @Override
    public OptionalLong size() {
        return find().map(SourceFile::size).orElse(OptionalLong.empty());
    }

    @Override
    public InputStream open() throws IOException {
        Optional<SourceFile> file = find();
        if (file.isEmpty()) {
            throw new NoSuchFileException(Text.printable(id));
        }
        return file.get().open();
    }

    @Override
    public Optional<String> unreadable() {
        return find().map(SourceFile::unreadable)
                .orElseGet(() -> Optional.of(Text.format("%s is no longer in the source directory", Text.quote(id))));
    }

    @Override
    public Optional<Path> path() {
        return find().flatMap(SourceFile::path);
    }

    private Optional<SourceFile> find() {
        SourceFile known = found;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SourceFile> file;
        try {
            file = directory.find(FileRequest.of(scope, directoryId, id));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(
                    Text.format("%s could not be looked up: %s", Text.quote(id), Text.describe(failure)), failure);
        }
        found = file.orElse(null);
        return file;
    }
}
