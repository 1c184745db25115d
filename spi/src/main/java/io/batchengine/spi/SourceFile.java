package io.batchengine.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.apiguardian.api.API;

/**
 * A file of a source directory.
 *
 * <p>Threading: used by one thread at a time, not always the same. Lifecycle: the engine holds it from its listing to its
 * job's end, so it must be small and must hold nothing open.
 *
 * <p>Evolution: new methods come with a default only.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public interface SourceFile {
    /**
     * The file's id: opaque, unique in its directory, stable between listings.
     *
     * @return the id, by the rules of {@link io.batchengine.model.Ids}
     */
    String id();

    /**
     * The file's name, for people and for guessing its kind.
     *
     * @return the name or relative path
     */
    String name();

    /**
     * The file's size, where it is known without reading the file.
     *
     * @return the size in bytes, or empty
     */
    default OptionalLong size() {
        return OptionalLong.empty();
    }

    /**
     * Opens the content.
     *
     * @return a new stream from the beginning; the caller closes it
     * @throws IOException if the file can't be read, for example since it vanished after its listing
     */
    InputStream open() throws IOException;

    /**
     * Why the file can't be given to a job at all, for example since its name can't be represented. Such a file gets a
     * mapping error with this message instead of being skipped in silence.
     *
     * @return the reason, or empty for an ordinary file
     */
    default Optional<String> unreadable() {
        return Optional.empty();
    }

    /**
     * The file's path, for jobs whose libraries want one.
     *
     * @return the path, on any file system, or empty where the file is not on one
     */
    default Optional<Path> path() {
        return Optional.empty();
    }
}
