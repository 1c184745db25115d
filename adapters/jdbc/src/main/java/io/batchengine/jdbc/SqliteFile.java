package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Finds out which file a SQLite store is, by its one real path; refuses what can't be one. */
final class SqliteFile {
    private SqliteFile() {}

    static Path realPath(Path file, boolean mustExist) {
        Path absolute = file.toAbsolutePath().normalize();
        String name = Text.quote(absolute.toString());
        try {
            if (Files.isDirectory(absolute)) {
                throw Failures.invalid(Text.format("the store %s is a directory; give a file", name));
            }
            if (Files.exists(absolute)) {
                return single(absolute.toRealPath());
            }
            Path parent = absolute.getParent();
            if (parent == null || !Files.isDirectory(parent)) {
                throw Failures.invalid(Text.format("the folder of the store %s does not exist; make it", name));
            }
            if (Files.isSymbolicLink(absolute)) {
                throw Failures.invalid(Text.format("the store %s is a link to a file that does not exist", name));
            }
            if (mustExist) {
                throw Failures.invalid(Text.format("the store %s does not exist, so there is nothing to read", name));
            }
            return parent.toRealPath().resolve(absolute.getFileName());
        } catch (NoSuchFileException e) {
            throw Failures.invalid(Text.format("the store %s does not exist", name));
        } catch (IOException e) {
            throw cantOpen(absolute, e);
        }
    }

    static BatchEngineException cantOpen(Path file, Exception why) {
        return Failures.unavailable(
                Text.format(
                        "the store %s can't be opened; check that it is a Batch Engine file and that it and its folder are writable (%s)",
                        Text.quote(file.toString()), Text.describe(why)),
                why);
    }

    /** Two names of one file would have two locks and two logs. */
    private static Path single(Path real) throws IOException {
        if (!Files.isRegularFile(real)) {
            throw Failures.invalid(Text.format("the store %s is no regular file", Text.quote(real.toString())));
        }
        if (Files.getFileStore(real).supportsFileAttributeView("unix")
                && Files.getAttribute(real, "unix:nlink") instanceof Integer links
                && links > 1) {
            throw Failures.invalid(Text.format(
                    "the store %s has %d names (hard links); a store must have one, or it would be damaged",
                    Text.quote(real.toString()), links));
        }
        return real;
    }
}
