package io.batchengine.documents;

import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * Where jobs write their outputs: a folder that mirrors the source directory. The output of {@code a/b.txt} with the suffix
 * {@code .md} is {@code a/b.txt.md}.
 *
 * <p><b>Names.</b> Two names never share an output. A segment that could not be a file name (a control character, a Windows device or
 * separator, a dot or space at its end, {@code .} and {@code ..}, an unpaired surrogate, a character that the system's charset lacks)
 * is percent-encoded there, with {@code %25} for a percent sign that could be taken for an escape. A name of more than 255 bytes of
 * UTF-8 is cut and ends in a hash of the whole before the suffix. So nothing is written outside the folder. On a file system that
 * ignores case, or normalises Unicode, names that differ only in that still share an output; the last one written stays.
 *
 * <p><b>Atomicity.</b> An output appears whole or not at all: it is written beside its place as
 * {@code .batch-engine-<16 hex digits>.tmp} and renamed. A process that dies meanwhile leaves that file; {@link #removeLeftovers}
 * removes it.
 *
 * <p>Threading: any number of threads.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class OutputFolder {
    /** What is appended to the name of a document's metadata. */
    private static final String METADATA_SUFFIX = ".meta.json";

    /** What is appended to the name of a document for what its extraction left out. */
    private static final String PROBLEMS_SUFFIX = ".extract.problems.json";

    private static final Pattern LEFTOVER = Pattern.compile("\\.batch-engine-[0-9a-f]{16}\\.tmp");

    private final Path root;
    private final OutputNames names;
    private final Set<Path> beingWritten = ConcurrentHashMap.newKeySet();

    private OutputFolder(Path root) {
        this.root = root;
        this.names = new OutputNames(root.getFileSystem());
    }

    /**
     * The outputs in a folder.
     *
     * @param root the folder, on any file system; made with the first output
     * @return the output folder
     */
    public static OutputFolder at(Path root) {
        return new OutputFolder(root.toAbsolutePath().normalize());
    }

    /**
     * The folder.
     *
     * @return its absolute path
     */
    public Path root() {
        return root;
    }

    /**
     * Where an output is written.
     *
     * @param relativeName the source file's name: segments separated by {@code /}; any text
     * @param suffix what is appended, such as {@code .md}: up to 32 ASCII characters that may stand in a file name
     * @return a path below the folder
     */
    public Path path(String relativeName, String suffix) {
        String[] segments = relativeName.split("/", -1);
        Path path = root;
        for (int i = 0; i < segments.length - 1; i++) {
            path = path.resolve(names.folder(segments[i]));
        }
        return path.resolve(names.file(segments[segments.length - 1], suffix));
    }

    /**
     * Reads what a parse job warned of in the metadata that it wrote.
     *
     * @param relativeName the source file's name: segments separated by {@code /}
     * @return the warnings; empty where the document was read whole, or no metadata was written
     * @throws IOException if the metadata can't be read
     */
    public List<String> warnings(String relativeName) throws IOException {
        return new Told(path(relativeName, METADATA_SUFFIX)).warnings();
    }

    /**
     * Reads what an extract job told beside its result: what of the document was not read, and what it left out and why.
     *
     * @param relativeName the source file's name: segments separated by {@code /}
     * @return the document's warnings, then the problems, each with its property before a colon; empty where there are none
     * @throws IOException if the problems can't be read
     */
    public List<String> problems(String relativeName) throws IOException {
        Told told = new Told(path(relativeName, PROBLEMS_SUFFIX));
        return Stream.concat(told.warnings().stream(), told.problems().stream()).toList();
    }

    /**
     * Writes an output of a source file, replacing an earlier one. Two files whose names differ only in bytes that are no UTF-8 are told
     * apart where their ids, as those of a file system's source do, have the percent-encoded path.
     *
     * @param file the source file
     * @param suffix what is appended to its name, such as {@code .md}
     * @param content the text, written in UTF-8
     * @return where it was written
     * @throws IOException if it can't be written; the message is for people
     */
    public Path write(SourceFile file, String suffix, String content) throws IOException {
        return write(OutputNames.exactName(file), suffix, content);
    }

    /**
     * Writes an output, replacing an earlier one.
     *
     * @param relativeName the source file's name: segments separated by {@code /}; any text
     * @param suffix what is appended, such as {@code .md}
     * @param content the text, written in UTF-8
     * @return where it was written
     * @throws IOException if it can't be written; the message is for people
     */
    public Path write(String relativeName, String suffix, String content) throws IOException {
        return write(relativeName, suffix, content.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes an output, replacing an earlier one.
     *
     * @param relativeName the source file's name: segments separated by {@code /}; any text
     * @param suffix what is appended, such as {@code .md}
     * @param content the bytes
     * @return where it was written
     * @throws IOException if it can't be written; the message is for people
     */
    public Path write(String relativeName, String suffix, byte[] content) throws IOException {
        Path target = path(relativeName, suffix);
        Path folder = target.getParent() == null ? root : target.getParent();
        try {
            makeFolders(folder);
            if (Files.isDirectory(target)) {
                throw new FileAlreadyExistsException("a folder of that name is in its place");
            }
            writeAtomically(folder, target, content);
            return target;
        } catch (IOException e) {
            throw new IOException(
                    Text.format("the output %s can't be written: %s", Text.quote(target.toString()), Text.describe(e)),
                    e);
        }
    }

    /**
     * Removes an output of a source file, such as that of an earlier run. Nothing happens where there is none.
     *
     * @param file the source file
     * @param suffix what is appended to its name, such as {@code .md}
     * @throws IOException if it can't be removed; the message is for people
     */
    public void remove(SourceFile file, String suffix) throws IOException {
        Path target = path(OutputNames.exactName(file), suffix);
        try {
            Path folder = target.getParent() == null ? root : target.getParent();
            if (Files.isDirectory(folder) && folder.toRealPath().startsWith(root.toRealPath())) {
                var unused = Files.deleteIfExists(target);
            }
        } catch (IOException e) {
            throw new IOException(
                    Text.format("the output %s can't be removed: %s", Text.quote(target.toString()), Text.describe(e)),
                    e);
        }
    }

    /**
     * Removes what a process that died left in the folder: files named as above, and no other. Outputs that are being written through
     * this instance stay; call it only while no other instance writes to the folder.
     *
     * @return how many files were removed
     * @throws IOException if the folder can't be read or a file not removed
     */
    public int removeLeftovers() throws IOException {
        if (!Files.isDirectory(root)) {
            return 0;
        }
        var remover = new Remover();
        Files.walkFileTree(root, remover);
        return remover.removed;
    }

    /** One after the other, so that no folder is made behind a link that leads out of the output folder. */
    private void makeFolders(Path folder) throws IOException {
        Files.createDirectories(root);
        Path real = root.toRealPath();
        Path next = root;
        for (Path segment : root.relativize(folder)) {
            next = next.resolve(segment);
            if (Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                requireWithin(real, next);
            }
            Files.createDirectories(next);
        }
        requireWithin(real, folder);
    }

    private static void requireWithin(Path realRoot, Path folder) throws IOException {
        Path found;
        try {
            found = folder.toRealPath();
        } catch (NoSuchFileException dangling) {
            throw new IOException("its folder is a link to nothing", dangling);
        }
        if (!found.startsWith(realRoot)) {
            throw new IOException("its folder is a link that leads out of the output folder");
        }
    }

    private void writeAtomically(Path folder, Path target, byte[] content) throws IOException {
        Path temporary = folder.resolve(Text.format(
                ".batch-engine-%s.tmp",
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong())));
        beingWritten.add(temporary);
        try {
            Files.write(temporary, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            move(temporary, target);
        } finally {
            try {
                Files.deleteIfExists(temporary);
            } finally {
                beingWritten.remove(temporary);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private final class Remover extends SimpleFileVisitor<Path> {
        private int removed;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile()
                    && LEFTOVER.matcher(String.valueOf(file.getFileName())).matches()
                    && !beingWritten.contains(file)
                    && Files.deleteIfExists(file)) {
                removed++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) { // another run's output, gone meanwhile
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
