package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A regular file below a root. Holds its id alone, since many are held at a time; the path is made when it is asked for.
 *
 * @param root where it is
 * @param id its id, of which a path can be made
 */
record NioSourceFile(SourceRoot root, String id) implements SourceFile {
    static SourceFile of(SourceRoot root, String id) {
        return root.names().locate(id) == null
                ? new UnreadableFile(id, FileIds.text(id), UnreadableFile.NO_PATH)
                : new NioSourceFile(root, id);
    }

    @Override
    public String name() {
        return FileIds.text(id);
    }

    @Override
    public OptionalLong size() {
        try {
            BasicFileAttributes attributes = root.tree().attributes(relative());
            return ConfinedTree.isFile(attributes) ? OptionalLong.of(attributes.size()) : OptionalLong.empty();
        } catch (IOException | BatchEngineException e) { // opening it will tell
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open() throws IOException {
        String shown = Text.printable(name());
        try {
            return Channels.newInputStream(root.tree().open(relative()));
        } catch (NoSuchFileException e) {
            throw caused(new NoSuchFileException(shown, null, "is gone since it was listed"), e);
        } catch (NotDirectoryException e) {
            String reason = Text.format("is gone since it was listed: %s is no directory any more", e.getFile());
            throw caused(new FileSystemException(shown, null, reason), e);
        } catch (IOException e) { // swapped for a link at the last moment, or whatever the file system says
            throw caused(new FileSystemException(shown, null, reason(e)), e);
        } catch (BatchEngineException e) {
            throw caused(new FileSystemException(shown, null, e.getMessage()), e);
        }
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(root.resolve(relative()));
    }

    private List<Path> relative() {
        List<Path> relative = root.names().locate(id);
        if (relative == null) {
            throw new IllegalStateException("no path can be made of " + Text.quote(id));
        }
        return relative;
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException named ? named.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : Text.printable(reason);
    }

    private static <E extends IOException> E caused(E exception, Exception cause) {
        exception.initCause(cause);
        return exception;
    }
}
