package io.batchengine.bundled;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * A tree on a file system that can't open a directory relative to another: archives, Windows. Every name on the way is checked
 * right before the opening.
 */
record PlainTree(Path root) implements ConfinedTree {
    @Override
    public void scan(List<Path> directory, Visitor visitor) throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(descend(directory))) {
            for (Path entry : stream) {
                visitor.visit(entry.getFileName(), () -> attributes(entry));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public BasicFileAttributes attributes(List<Path> entry) throws IOException {
        int last = entry.size() - 1;
        return attributes(descend(entry.subList(0, last)).resolve(entry.get(last)));
    }

    @Override
    public SeekableByteChannel open(List<Path> file) throws IOException {
        int last = file.size() - 1;
        Path path = descend(file.subList(0, last)).resolve(file.get(last));
        ConfinedTree.requireFile(path.getFileName(), attributes(path));
        try {
            return Files.newByteChannel(path, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            // The zip file system knows no links and refuses the option.
            return Files.newByteChannel(path, StandardOpenOption.READ);
        }
    }

    private Path descend(List<Path> directory) throws IOException {
        Path opened = root;
        requireRoot();
        for (Path name : directory) {
            opened = opened.resolve(name);
            ConfinedTree.requireDirectory(name, attributes(opened));
        }
        return opened;
    }

    private void requireRoot() {
        try {
            ConfinedTree.requireDirectory(root, attributes(root));
        } catch (IOException e) {
            throw ConfinedTree.unreadable(root, e);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    }
}
