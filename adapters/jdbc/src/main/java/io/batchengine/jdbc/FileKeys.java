package io.batchengine.jdbc;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether files are still the ones that they were: an open file can be written though nobody will ever find it again. A key is the
 * device and the number of a file; where the system has no such thing, only that the file is there is seen. Any thread.
 */
final class FileKeys {
    private record Known(Path file, @Nullable Object key) {}

    private final List<Known> known = new ArrayList<>();
    private volatile long length; // of the first file, when it was last looked at

    private FileKeys() {}

    /** The files as they are now; one that is missing is not looked after. */
    static FileKeys of(List<Path> files) throws IOException {
        FileKeys keys = new FileKeys();
        for (Path file : files) {
            try {
                keys.known.add(new Known(file, attributes(file).fileKey()));
            } catch (NoSuchFileException missing) {
                // Nothing of it can be lost.
            }
        }
        return keys;
    }

    /** How long the first file was when {@link #lost} last found it there. */
    long length() {
        return length;
    }

    /** What became of a file, for a sentence; null where all are there. */
    @Nullable
    String lost() throws IOException {
        for (int i = 0; i < known.size(); i++) {
            Known one = known.get(i);
            String how = lost(one, i == 0);
            if (how != null) {
                return Text.quote(one.file.toString()) + how;
            }
        }
        return null;
    }

    /** Whether a file is still the one that it was. */
    boolean isSame(Path file) throws IOException {
        for (Known one : known) {
            if (one.file.equals(file)) {
                return lost(one, false) == null;
            }
        }
        return false;
    }

    private @Nullable String lost(Known one, boolean isFirst) throws IOException {
        try {
            BasicFileAttributes found = attributes(one.file);
            if (isFirst) {
                length = found.size();
            }
            Object now = found.fileKey();
            return now == null || now.equals(one.key) ? null : " was replaced by another file";
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return " was removed";
        }
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
    }
}
