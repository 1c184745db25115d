package io.batchengine.bundled;

import java.io.IOError;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a file system's names become bytes and come back, without loss. */
sealed interface PathNames {
    /** The bytes of a path's single name. */
    byte[] bytes(Path name);

    /** The path of a single name, or null where the file system can't hold one. */
    @Nullable
    Path path(byte[] name);

    /** A name as a segment of an id. */
    default String segment(Path name) {
        String text = name.toString();
        return FileIds.isPlain(text) ? text : FileIds.encode(bytes(name));
    }

    /** The names of the path that an id stands for, or null where it is no id of this file system. */
    default @Nullable List<Path> locate(String id) {
        List<byte[]> names = FileIds.decode(id);
        if (names == null) {
            return null;
        }
        List<Path> paths = new ArrayList<>(names.size());
        for (byte[] name : names) {
            Path path = path(name);
            if (path == null) {
                return null;
            }
            paths.add(path);
        }
        return paths;
    }

    static PathNames of(Path root) {
        FileSystem fileSystem = root.getFileSystem();
        return hasRawNames(root) ? new Raw(fileSystem.provider()) : new Strings(fileSystem);
    }

    private static boolean hasRawNames(Path root) {
        try {
            URI uri = root.toUri();
            FileSystem fileSystem = root.getFileSystem();
            return "file".equals(uri.getScheme())
                    && fileSystem.getSeparator().equals("/")
                    && fileSystem.provider().getPath(uri).equals(root.toAbsolutePath());
        } catch (RuntimeException | IOError e) { // a provider without URIs
            return false;
        }
    }

    /**
     * Unix: a name is bytes, and its string in Java a guess by the locale. The URI keeps the bytes.
     *
     * @param provider makes paths of URIs
     */
    record Raw(FileSystemProvider provider) implements PathNames {
        @Override
        public byte[] bytes(Path name) {
            String text = name.toString();
            if (isAscii(text)) {
                return text.getBytes(StandardCharsets.US_ASCII);
            }
            String path = name.toUri().getRawPath();
            // A slash follows where the working directory has a directory of this name.
            int end = path.endsWith("/") ? path.length() - 1 : path.length();
            return FileIds.unescape(path.substring(path.lastIndexOf('/', end - 1) + 1, end));
        }

        @Override
        public Path path(byte[] name) {
            return provider.getPath(URI.create("file:///" + FileIds.encode(name)))
                    .getName(0);
        }

        /** Whether the text stands for no other bytes in the charset of any locale: some have a second backslash or tilde. */
        private static boolean isAscii(String text) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c >= '~' || c == '\\') {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Windows, archives and in-memory file systems: a name is a string.
     *
     * @param fileSystem makes paths of strings
     */
    record Strings(FileSystem fileSystem) implements PathNames {
        @Override
        public byte[] bytes(Path name) {
            return Wtf8.encode(name.toString());
        }

        @Override
        public @Nullable Path path(byte[] name) {
            String text = Wtf8.decode(name);
            if (text == null) {
                return null;
            }
            try {
                Path path = fileSystem.getPath(text);
                boolean single = path.getRoot() == null && path.getNameCount() == 1;
                return single && path.toString().equals(text) ? path : null;
            } catch (InvalidPathException e) {
                return null;
            }
        }
    }
}
