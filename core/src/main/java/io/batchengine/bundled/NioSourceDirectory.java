package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Source directories over {@link Path}: the default file system, archives, in-memory file systems, any provider's.
 *
 * <p><b>What is listed.</b> Regular files, by default of the directory alone, with {@link #recursive} of those below it too.
 * Symbolic links, FIFOs, sockets and devices are no source files: their number is logged at the end of a listing. A file or
 * directory that vanishes while it is listed is left out; a directory that can't be read fails the listing.
 *
 * <p><b>Ids.</b> {@code dfl-} and the path relative to the directory, with {@code /} between names, each name percent-encoded as in
 * RFC 3986: all bytes but ASCII letters, digits and {@code -._~}. The bytes are the name's own on Unix, also where they
 * are no UTF-8 and under whatever locale, and UTF-8 where names are strings. Names are compared as they are: neither letter
 * case nor Unicode composition is normalised. A file whose id would be too long for {@link Ids} is listed under a shortened one,
 * as {@linkplain SourceFile#unreadable() unreadable}.
 *
 * <p><b>Confinement.</b> Nothing outside of the directory is opened, whatever its ids and links say, also where a name
 * was swapped for a link after its listing. Where the file system can open a directory relative to another one (Linux,
 * macOS), this holds against a swap at any moment; elsewhere there is an instant between check and opening. A job that takes
 * {@link SourceFile#path()} opens it by itself, without this protection. A directory's own path may lead through links: it is resolved
 * when a listing or a file is opened.
 *
 * <p>Immutable: each setting gives a new one. Threading: safe for use by many threads.
 *
 * @since 0.1
 */
@API(status = API.Status.STABLE, since = "0.1")
public final class NioSourceDirectory implements SourceDirectory {
    private static final int LONGEST_NAME = 255;

    private final Roots roots;
    private final WalkOptions options;

    private NioSourceDirectory(Roots roots, WalkOptions options) {
        this.roots = roots;
        this.options = options;
    }

    /**
     * Named directories, the same for every caller.
     *
     * @param directories directory id to path; a path need not exist yet
     * @return a new source directory
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if a directory id breaks the rules of {@link Ids}
     */
    public static NioSourceDirectory of(Map<String, Path> directories) {
        Map<String, Path> copy = Map.copyOf(directories);
        copy.keySet().forEach(id -> Ids.requireValid("source directory id", id, Ids.MAX_FILE_ID_LENGTH));
        return resolving((scope, directoryId) -> Optional.ofNullable(copy.get(directoryId)));
    }

    /**
     * Every directory in a parent directory, under its name: the same for every caller. A symbolic link in the parent, a name with a
     * slash, {@code .} and {@code ..} are no directories of it.
     *
     * @param parent the parent; it need not exist yet
     * @return a new source directory
     */
    public static NioSourceDirectory under(Path parent) {
        return new NioSourceDirectory((scope, directoryId) -> child(parent, directoryId), WalkOptions.DEFAULT);
    }

    /**
     * Directories found by a function of the caller and the directory id, for example to give each project its own. The function
     * decides what a caller may read: a path made of an id must be checked by it.
     *
     * @param resolver gives a directory's path, or empty where there is none for this caller; called by several threads at once
     * @return a new source directory
     */
    public static NioSourceDirectory resolving(BiFunction<Scope, String, Optional<Path>> resolver) {
        return new NioSourceDirectory(
                (scope, directoryId) -> {
                    Optional<Path> path = resolver.apply(scope, directoryId);
                    return path.isEmpty() ? path : Optional.of(path.get().toRealPath());
                },
                WalkOptions.DEFAULT);
    }

    /**
     * Lists only the files whose path matches a glob. It is matched, with letter case, against the relative path with {@code /} between
     * names, on every file system, and a glob without a slash also against the file name alone: {@code *.pdf} takes
     * the PDF files of all directories that are listed. {@code *} and {@code ?} stand for any characters, and any one, within a name;
     * {@code **} also for slashes, and <code>**&#47;</code> for any number of directories, also none; {@code [a-z]} and {@code [!a-z]}
     * for one character; <code>{a,b}</code> for either; a backslash makes the next character stand for itself.
     *
     * @param glob the glob
     * @return a source directory that lists by it, instead of any given before
     * @throws BatchEngineException {@link ErrorCode#INVALID_ARGUMENT} if it is no glob
     */
    public NioSourceDirectory glob(String glob) {
        return with(new WalkOptions(Glob.of(glob), options.recursive(), options.excluded(), options.buffer()));
    }

    /**
     * Whether the files of the directories below are listed too, at any depth. Not by default.
     *
     * @param recursive true to list them
     * @return a source directory that does so
     */
    public NioSourceDirectory recursive(boolean recursive) {
        return with(new WalkOptions(options.glob(), recursive, options.excluded(), options.buffer()));
    }

    /**
     * Leaves a file, or a directory with all that is below it, out of listings: an output folder inside of a source directory. It need not
     * exist yet. Compared by real path; a path that is not inside of a source directory has no effect there.
     *
     * @param path the file or directory
     * @return a source directory that leaves it out, beside what was left out before
     */
    public NioSourceDirectory excluding(Path path) {
        List<Path> excluded =
                Stream.concat(options.excluded().stream(), Stream.of(path)).toList();
        return with(new WalkOptions(options.glob(), options.recursive(), excluded, options.buffer()));
    }

    /**
     * How much memory the sorting of a listing may take, and where the rest goes. By default {@link SortBuffer#DEFAULT}.
     * Directories that are open one below the other share the bound, except for 1,000 names each.
     *
     * @param buffer the bound
     * @return a source directory that keeps to it
     */
    public NioSourceDirectory sortBuffer(SortBuffer buffer) {
        return with(new WalkOptions(options.glob(), options.recursive(), options.excluded(), buffer));
    }

    private NioSourceDirectory with(WalkOptions changed) {
        return new NioSourceDirectory(roots, changed);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if it can't be told
     */
    @Override
    public boolean exists(Scope scope, String directoryId) throws IOException {
        return realRoot(scope, directoryId).isPresent();
    }

    /**
     * {@inheritDoc}
     *
     * @throws BatchEngineException {@link ErrorCode#SOURCE_DIRECTORY_NOT_FOUND} if it does not exist,
     *     {@link ErrorCode#LISTING_FAILED} if it can't be read
     */
    @Override
    public Listing list(ListRequest request) throws IOException {
        SourceRoot root = root(request.scope(), request.directoryId());
        return new SortedListing(new TreeWalk(root, options, request.afterId()), root::file);
    }

    /**
     * {@inheritDoc} Neither {@link #glob}, {@link #recursive} nor {@link #excluding} matter: what was listed stands.
     *
     * @throws BatchEngineException {@link ErrorCode#SOURCE_DIRECTORY_NOT_FOUND} if the directory does not exist
     */
    @Override
    public Optional<SourceFile> find(FileRequest request) throws IOException {
        SourceRoot root = root(request.scope(), request.directoryId());
        List<Path> relative = request.fileId().length() > Ids.MAX_FILE_ID_LENGTH
                ? null
                : root.names().locate(request.fileId());
        if (relative == null) {
            return Optional.empty();
        }
        try {
            BasicFileAttributes attributes = root.tree().attributes(relative);
            boolean found = ConfinedTree.isFile(attributes) && isSpelled(root, relative, request.fileId());
            return found ? Optional.of(NioSourceFile.of(root, request.fileId())) : Optional.empty();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    /** Whether the file's name is the one in the id, not just equal to it for a file system that ignores letter case. */
    private static boolean isSpelled(SourceRoot root, List<Path> relative, String fileId) throws IOException {
        Path real;
        try {
            real = root.resolve(relative).toRealPath();
        } catch (NoSuchFileException e) {
            return false;
        } catch (FileSystemException e) {
            return true; // A path too long to be looked at whole; its names were found one by one.
        }
        return real.startsWith(root.path()) && root.id(real).equals(fileId);
    }

    private SourceRoot root(Scope scope, String directoryId) throws IOException {
        return realRoot(scope, directoryId)
                .map(SourceRoot::of)
                .orElseThrow(() -> BatchEngineException.of(
                        ErrorCode.SOURCE_DIRECTORY_NOT_FOUND,
                        Text.format(
                                "the source directory %s does not exist, or is no directory",
                                Text.quote(directoryId))));
    }

    private Optional<Path> realRoot(Scope scope, String directoryId) throws IOException {
        try {
            return roots.realPath(scope, directoryId)
                    .filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private static Optional<Path> child(Path parent, String name) throws IOException {
        Path realParent = parent.toRealPath();
        String segment = FileIds.encode(Wtf8.encode(name));
        PathNames names = PathNames.of(realParent);
        List<Path> child = names.locate(FileIds.PREFIX + segment);
        if (child == null) {
            return Optional.empty();
        }
        Path path = realParent.resolve(child.get(0));
        Path real;
        try {
            real = path.toRealPath();
        } catch (FileSystemException e) {
            if (name.length() > LONGEST_NAME) {
                return Optional.empty(); // the file system has no such names, and says so with an error of its own
            }
            throw e;
        }
        // Not a link, and spelled as it is also where letter case does not matter to the file system.
        boolean same = real.equals(path) && names.segment(real.getFileName()).equals(segment);
        return same ? Optional.of(real) : Optional.empty();
    }

    /** Finds the real path of a directory; one that does not exist is empty or a {@link NoSuchFileException}. */
    @FunctionalInterface
    private interface Roots {
        Optional<Path> realPath(Scope scope, String directoryId) throws IOException;
    }
}
