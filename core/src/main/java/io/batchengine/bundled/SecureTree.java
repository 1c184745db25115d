package io.batchengine.bundled;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * A tree whose directories are opened one below the other, each relative to the one before, so that no name on the way can be
 * swapped for a link after it was checked.
 */
record SecureTree(Path root) implements ConfinedTree {
    @Override
    public void scan(List<Path> directory, Visitor visitor) throws IOException {
        try (SecureDirectoryStream<Path> opened = descend(directory)) {
            for (Path entry : opened) {
                Path name = entry.getFileName();
                visitor.visit(name, () -> attributes(opened, name));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public BasicFileAttributes attributes(List<Path> entry) throws IOException {
        int last = entry.size() - 1;
        try (SecureDirectoryStream<Path> parent = descend(entry.subList(0, last))) {
            return attributes(parent, entry.get(last));
        }
    }

    @Override
    public SeekableByteChannel open(List<Path> file) throws IOException {
        int last = file.size() - 1;
        try (SecureDirectoryStream<Path> parent = descend(file.subList(0, last))) {
            Path name = file.get(last);
            // Asked first, since opening a FIFO would wait for its writer.
            ConfinedTree.requireFile(name, attributes(parent, name));
            return parent.newByteChannel(name, Set.of(StandardOpenOption.READ, NOFOLLOW_LINKS));
        }
    }

    private SecureDirectoryStream<Path> descend(List<Path> directory) throws IOException {
        SecureDirectoryStream<Path> opened = openRoot();
        for (Path name : directory) {
            try (SecureDirectoryStream<Path> parent = opened) {
                ConfinedTree.requireDirectory(name, attributes(parent, name));
                opened = parent.newDirectoryStream(name, NOFOLLOW_LINKS);
            }
        }
        return opened;
    }

    @SuppressWarnings("StreamResourceLeak") // descend closes it
    private SecureDirectoryStream<Path> openRoot() {
        try {
            DirectoryStream<Path> stream = Files.newDirectoryStream(root);
            if (stream instanceof SecureDirectoryStream<Path> secure) {
                return secure;
            }
            stream.close();
            throw new IOException("its file system has changed");
        } catch (IOException e) {
            throw ConfinedTree.unreadable(root, e);
        }
    }

    private static BasicFileAttributes attributes(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        return parent.getFileAttributeView(name, BasicFileAttributeView.class, NOFOLLOW_LINKS)
                .readAttributes();
    }
}
