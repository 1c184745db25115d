package io.batchengine.testkit;

import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.bundled.SortBuffer;
import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract against the bundled source directory on the machine's own file system. */
class NioDirectoryContractTest {
    /** What a name must be, to be a file of the default file system in this locale. */
    static boolean isFileName(Path folder, String name) {
        try {
            Path path = folder.resolve(name);
            if (name.getBytes(Charset.defaultCharset()).length > 255
                    || !path.getFileName().toString().equals(name)) {
                return false;
            }
            Files.write(path, new byte[0]);
            boolean own = list(folder).contains(name);
            Files.delete(path);
            return own;
        } catch (InvalidPathException | IOException e) {
            return false;
        }
    }

    private static List<String> list(Path folder) {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class OneDirectory extends SourceDirectoryContract {
        @TempDir
        private Path folder;

        private final AtomicInteger number = new AtomicInteger();

        @Override
        protected SourceDirectoryFixture directory(List<String> names) throws IOException {
            return new FolderFixture(
                    folder.resolve("dir" + number.incrementAndGet()),
                    "dir-1",
                    names,
                    path -> NioSourceDirectory.of(Map.of("dir-1", path)).sortBuffer(new SortBuffer(100_000, folder)));
        }

        @Override
        protected boolean canHold(String name) {
            return isFileName(folder, name);
        }
    }

    @Nested
    class NamedDirectories extends SourceDirectoryContract {
        @TempDir
        private Path folder;

        private final AtomicInteger number = new AtomicInteger();

        @Override
        protected SourceDirectoryFixture directory(List<String> names) throws IOException {
            String id = "dir" + number.incrementAndGet();
            return new FolderFixture(folder.resolve(id), id, names, path -> NioSourceDirectory.under(folder));
        }

        @Override
        protected boolean canHold(String name) {
            return isFileName(folder, name);
        }
    }

    /** One tree for each project; files lie in directories of their own. */
    @Nested
    class TreesOfProjects extends SourceDirectoryContract {
        @TempDir
        private Path folder;

        private final AtomicInteger number = new AtomicInteger();

        @Override
        protected SourceDirectoryFixture directory(List<String> names) throws IOException {
            return new Tree(folder.resolve("prj-contract/dir" + number.incrementAndGet()), names);
        }

        @Override
        protected boolean canHold(String name) {
            return isFileName(folder, name);
        }
    }

    private static final class Tree extends FolderFixture {
        Tree(Path folder, List<String> names) throws IOException {
            super(
                    folder,
                    "dir-tree",
                    names,
                    path -> NioSourceDirectory.resolving(
                                    (scope, id) -> scope.projectId().equals("prj-contract") && id.equals("dir-tree")
                                            ? Optional.of(path)
                                            : Optional.empty())
                            .recursive(true));
        }

        @Override
        public Optional<Scope> stranger() {
            return Optional.of(Scope.ofProject("prj-stranger"));
        }

        @Override
        public boolean addUnreadable() throws IOException {
            // A percent sign takes three characters of an id.
            String name = "%".repeat(250);
            return add(String.join("/", Collections.nCopies(Ids.MAX_FILE_ID_LENGTH / 750 + 1, name)));
        }
    }
}
