package io.batchengine.bundled;

import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source directory that was found.
 *
 * @param path its real path
 * @param tree opens what is below it
 * @param names names what is below it
 */
record SourceRoot(Path path, ConfinedTree tree, PathNames names) {
    static SourceRoot of(Path realPath) {
        return new SourceRoot(realPath, ConfinedTree.of(realPath), PathNames.of(realPath));
    }

    /** The file of an entry of {@link TreeWalk}. */
    SourceFile file(String entry) {
        int end = entry.indexOf(TreeWalk.DETAIL);
        return end < 0
                ? NioSourceFile.of(this, entry)
                : new UnreadableFile(entry.substring(0, end), entry.substring(end + 1), UnreadableFile.TOO_LONG);
    }

    Path resolve(List<Path> relative) {
        Path resolved = path;
        for (Path name : relative) {
            resolved = resolved.resolve(name);
        }
        return resolved;
    }

    /** The ids of those paths that are below this root. */
    Set<String> idsOf(List<Path> paths) throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path given : paths) {
            Path real = realPath(given);
            if (real.startsWith(path) && !real.equals(path)) {
                ids.add(id(real));
            }
        }
        return ids;
    }

    /** The id of a real path below this root. */
    String id(Path real) {
        List<Path> relative = new ArrayList<>();
        real.subpath(path.getNameCount(), real.getNameCount()).forEach(relative::add);
        return relative.stream().map(names::segment).collect(Collectors.joining("/", FileIds.PREFIX, ""));
    }

    /** The real path; what does not exist yet is taken as it is, below the real path of what does. */
    private static Path realPath(Path given) throws IOException {
        Path absolute = given.toAbsolutePath().normalize();
        for (Path existing = absolute; existing != null; existing = existing.getParent()) {
            try {
                return existing.toRealPath().resolve(existing.relativize(absolute));
            } catch (NoSuchFileException e) {
                // its parent, then
            }
        }
        return absolute;
    }
}
