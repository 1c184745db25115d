package io.batchengine.jdbc;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out which file a SQLite store is, by its one real path; refuses what can't be one; makes it for its owner alone. */
final class SqliteFile {
    private static final int FULL = 13; // SQLITE_FULL
    private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);
    private static final FileAttribute<?>[] NONE = {};
    private static final FileAttribute<?>[] OF_OWNER = {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
    };

    private SqliteFile() {}

    /** The path without links; neither it nor a file beside it may be one, as it may lead anywhere. */
    static Path realPath(Path file, boolean mustExist) {
        if (file.getFileSystem() != FileSystems.getDefault()) {
            throw Failures.invalid(Text.format(
                    "the store %s is not a file of the machine's own file system", Text.quote(file.toString())));
        }
        Path absolute = file.toAbsolutePath().normalize();
        String name = Text.quote(absolute.toString());
        Path parent = absolute.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            throw Failures.invalid(Text.format("the folder of the store %s does not exist; make it", name));
        }
        try {
            Path real = parent.toRealPath().resolve(absolute.getFileName());
            for (Path one : new StoreFiles(real).all()) {
                requirePlain(one);
            }
            if (Files.exists(real, NOFOLLOW_LINKS)) {
                return real.toRealPath(); // on some systems one file has names in upper and in lower case
            }
            if (mustExist) {
                throw Failures.invalid(Text.format("the store %s does not exist, so there is nothing to read", name));
            }
            return real;
        } catch (NoSuchFileException e) {
            throw Failures.invalid(Text.format("the store %s does not exist", name));
        } catch (IOException e) {
            throw cantOpen(absolute, e);
        }
    }

    /** Makes a database that is missing; an existing one keeps its rights, which SQLite gives to the files beside it. */
    static void make(Path database) throws IOException {
        try {
            Files.createFile(database, ofOwner(database));
        } catch (FileAlreadyExistsException there) {
            requirePlain(database);
            warnIfOpenToAll(database);
        }
    }

    /** The rights of a new file: its owner reads and writes it, whatever the umask. */
    static FileAttribute<?>[] ofOwner(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.getFileStore(folder).supportsFileAttributeView("posix") ? OF_OWNER : NONE;
    }

    static BatchEngineException cantOpen(Path file, Exception why) {
        if (why instanceof SQLException failure && Failures.isDamage(failure)) {
            return Failures.damaged("the store " + Text.quote(file.toString()), failure);
        }
        return Failures.unavailable(
                Text.format(
                        "the store %s can't be opened; %s (%s)",
                        Text.quote(file.toString()), wayOut(why), Text.describe(why)),
                why);
    }

    private static String wayOut(Exception why) {
        if (why instanceof SQLException failure && failure.getErrorCode() == FULL) {
            return "its disk is full, free some space";
        }
        if (String.valueOf(Text.describe(why)).contains("NativeLibraryNotFoundException")) {
            return "the driver must unpack its library: give -Dorg.sqlite.tmpdir, or java.io.tmpdir, a folder that is there, writable and"
                    + " not mounted with noexec";
        }
        return "check that it is a Batch Engine file and that it and its folder are writable";
    }

    private static void requirePlain(Path file) throws IOException {
        BasicFileAttributes found;
        try {
            found = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
        } catch (NoSuchFileException missing) {
            return;
        }
        String name = Text.quote(file.toString());
        if (found.isSymbolicLink()) {
            throw Failures.invalid(Text.format(
                    "the file %s of a store is a link, which is not followed: give the path of the file itself", name));
        }
        if (found.isDirectory()) {
            throw Failures.invalid(Text.format("the file %s of a store is a directory; give a file", name));
        }
        if (!found.isRegularFile()) {
            throw Failures.invalid(Text.format("the file %s of a store is no regular file", name));
        }
        requireOneName(file, name);
    }

    /** Two names of one file would have two locks and two logs. */
    private static void requireOneName(Path file, String name) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("unix")
                && Files.getAttribute(file, "unix:nlink", NOFOLLOW_LINKS) instanceof Integer links
                && links > 1) {
            throw Failures.invalid(Text.format(
                    "the file %s of a store has %d names (hard links); it must have one, or it would be damaged",
                    name, links));
        }
    }

    private static void warnIfOpenToAll(Path database) throws IOException {
        if (ofOwner(database) == NONE) {
            return;
        }
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(database, NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.OTHERS_READ) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            LOG.warn(
                    "the store {} is open to every user of this machine ({}); unless you mean that: chmod 600",
                    Text.quote(database.toString()),
                    PosixFilePermissions.toString(rights));
        }
    }
}
