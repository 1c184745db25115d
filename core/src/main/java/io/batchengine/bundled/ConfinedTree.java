package io.batchengine.bundled;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Opens what lies below a root, by the list of its names, and never through a symbolic link. A root that can't be opened is a
 * {@link BatchEngineException}, anything else an {@link IOException}.
 */
interface ConfinedTree {
    /** Visits the entries of a directory, in no order; the root's are at the empty list. */
    void scan(List<Path> directory, Visitor visitor) throws IOException;

    /** The attributes of an entry itself, also where it is a link. */
    BasicFileAttributes attributes(List<Path> entry) throws IOException;

    /** Opens a regular file for reading. */
    SeekableByteChannel open(List<Path> file) throws IOException;

    /** Takes the entries of a directory. */
    @FunctionalInterface
    interface Visitor {
        void visit(Path name, Attributes attributes) throws IOException;
    }

    /** Reads the attributes of a visited entry, if they are asked for. */
    @FunctionalInterface
    interface Attributes {
        BasicFileAttributes read() throws IOException;
    }

    static ConfinedTree of(Path root) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(root)) {
            return stream instanceof SecureDirectoryStream ? new SecureTree(root) : new PlainTree(root);
        } catch (IOException e) {
            throw unreadable(root, e);
        }
    }

    static BatchEngineException unreadable(Path root, IOException cause) {
        return BatchEngineException.of(
                ErrorCode.LISTING_FAILED,
                Text.format(
                        "the source directory %s can't be opened (%s); check that it exists and may be read",
                        Text.quote(root.toString()), Text.describe(cause)),
                cause);
    }

    static boolean isFile(BasicFileAttributes attributes) {
        return attributes.isRegularFile() && !attributes.isSymbolicLink();
    }

    static boolean isDirectory(BasicFileAttributes attributes) {
        // A Windows junction is a directory and "other": it leads out as a link does.
        return attributes.isDirectory() && !attributes.isSymbolicLink() && !attributes.isOther();
    }

    static void requireDirectory(Path name, BasicFileAttributes attributes) throws NotDirectoryException {
        if (!isDirectory(attributes)) {
            throw new NotDirectoryException(Text.printable(name.toString()));
        }
    }

    static void requireFile(Path name, BasicFileAttributes attributes) throws FileSystemException {
        if (!isFile(attributes)) {
            String reason = attributes.isSymbolicLink()
                    ? "is a symbolic link; links are not followed"
                    : "is no longer a regular file";
            throw new FileSystemException(Text.printable(name.toString()), null, reason);
        }
    }
}
