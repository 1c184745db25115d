package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of a walk, where it goes on, and its errors; in memory, where a path may be of any length. */
class TreeWalkTest {
    private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
    private final Path root = fileSystem.getPath("/root");

    @AfterEach
    void close() throws IOException {
        fileSystem.close();
    }

    @Test
    void the_order_is_that_of_whole_paths_not_of_names() throws Exception {
        write(
                "a/b",
                "a.txt",
                "a-b",
                "a0",
                "a/b.c/d",
                "a/b-c",
                "a b",
                "a%",
                "A",
                "~",
                "a~/x",
                "aa/x",
                "\u00fc",
                "a/\u00fc/y");
        List<String> ids = Sources.ids(source());
        assertThat(ids)
                .isSortedAccordingTo(Ids::compareUtf8)
                .hasSize(14)
                .containsSubsequence("dfl-a%20b", "dfl-a-b", "dfl-a.txt", "dfl-a/b", "dfl-a0", "dfl-aa/x");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 1_000_000})
    void random_trees_are_listed_in_order_whatever_the_buffer(int names, @TempDir Path spill) throws Exception {
        for (long seed = 0; seed < 8; seed++) {
            NavigableSet<String> expected = randomTree("tree" + seed, new Random(seed));
            NioSourceDirectory source =
                    Sources.of(root.resolve("tree" + seed)).recursive(true).sortBuffer(new SortBuffer(names, spill));
            assertThat(Sources.ids(source)).as("seed %d", seed).containsExactlyElementsOf(expected);
            assertThat(spill).isEmptyDirectory();
        }
    }

    @Test
    void a_listing_goes_on_behind_every_position_also_one_that_is_gone() throws Exception {
        for (long seed = 0; seed < 4; seed++) {
            NavigableSet<String> expected = randomTree("tree" + seed, new Random(seed));
            NioSourceDirectory source =
                    Sources.of(root.resolve("tree" + seed)).recursive(true).sortBuffer(new SortBuffer(4, null));
            for (String after : positions(expected)) {
                assertThat(Sources.idsAfter(source, after))
                        .as("seed %d after %s", seed, after)
                        .containsExactlyElementsOf(expected.tailSet(after, false));
            }
        }
    }

    @Test
    void a_flat_listing_goes_on_behind_every_position() throws Exception {
        write("a-", "a/b", "a.c", "b");
        Files.delete(root.resolve("a/b"));
        NavigableSet<String> expected = new TreeSet<>(List.of("dfl-a-", "dfl-a.c", "dfl-b"));
        for (String after : positions(expected)) {
            assertThat(Sources.idsAfter(Sources.of(root), after))
                    .as(after)
                    .containsExactlyElementsOf(expected.tailSet(after, false));
        }
    }

    @Test
    void a_path_too_long_for_an_id_is_listed_once_in_order_as_unreadable() throws Exception {
        String deep = "d".repeat(1_000) + "/" + "e".repeat(1_000) + "/" + "f".repeat(1_000);
        String edge = deep + "/" + "g".repeat(1_020);
        List<String> paths = new ArrayList<>(List.of("a", "z", deep + "/h", edge + "/i", deep + "/+", deep + "/~"));
        paths.add(edge + "/" + "j".repeat(Ids.MAX_FILE_ID_LENGTH - 4 - edge.length() - 1));
        for (int i = 0; i < 5; i++) {
            paths.add(edge + "/" + "k".repeat(90) + i);
            paths.add(edge + "/" + "l".repeat(90) + "/m/" + i);
            paths.add(deep + "/" + "\u00fc".repeat(300) + i);
        }
        write(paths.toArray(String[]::new));

        List<SourceFile> files = Sources.files(source());
        List<String> ids = files.stream().map(SourceFile::id).toList();
        assertThat(ids).isSortedAccordingTo(Ids::compareUtf8).doesNotHaveDuplicates();
        assertThat(files).extracting(SourceFile::name).containsExactlyInAnyOrderElementsOf(paths);
        assertThat(ids)
                .allSatisfy(
                        id -> assertThat(Ids.fault(id, Ids.MAX_FILE_ID_LENGTH)).isNull());
        for (SourceFile file : files) {
            boolean tooLong = FileIds.encode(file.name().getBytes(StandardCharsets.UTF_8))
                                    .replace("%2F", "/")
                                    .length()
                            + 4
                    > Ids.MAX_FILE_ID_LENGTH;
            assertThat(file.unreadable().isPresent()).as(file.id()).isEqualTo(tooLong);
            assertThat(Sources.find(source(), file.id()).isPresent()).isEqualTo(!tooLong);
            if (tooLong) {
                assertThat(file.unreadable().orElseThrow())
                        .contains("4096 characters")
                        .contains(file.name().substring(0, 100));
                assertThatThrownBy(file::open).isInstanceOf(IOException.class).hasMessageContaining("4096");
            }
        }
        assertThat(files.stream().filter(file -> file.unreadable().isPresent())).hasSize(15);
        for (String after : ids) {
            assertThat(Sources.idsAfter(source(), after))
                    .containsExactlyElementsOf(ids.subList(ids.indexOf(after) + 1, ids.size()));
        }
        assertThat(Sources.ids(source())).as("stable").isEqualTo(ids);
    }

    @Test
    void levels_share_the_buffer(@TempDir Path spill) throws Exception {
        for (int level = 0; level < 4; level++) {
            for (int i = 0; i < 1_500; i++) {
                write("z/".repeat(level) + Text.format("%04d", i));
            }
        }
        SourceRoot sourceRoot = SourceRoot.of(root.toRealPath());
        List<SortBuffer> tried = List.of(new SortBuffer(2_000, spill), new SortBuffer(100_000, null));
        for (SortBuffer buffer : tried) {
            try (TreeWalk walk =
                    new TreeWalk(sourceRoot, new WalkOptions(null, true, List.of(), buffer), Optional.empty())) {
                long listed = 0;
                int most = 0;
                while (walk.next() != null) {
                    listed++;
                    most = Math.max(most, walk.inMemory());
                }
                assertThat(listed).isEqualTo(6_000);
                // Four levels of 1,501, 1,501, 1,501 and 1,500 names: the first fits, each below it has 1,000 at the
                // most.
                assertThat(most).isEqualTo(buffer.names() == 2_000 ? 1_501 + 501 + 501 + 500 : 6_003);
                assertThat(walk.inMemory()).isZero();
            }
        }
        assertThat(spill).isEmptyDirectory();
    }

    @Test
    void a_directory_below_that_cannot_be_read_fails_the_listing_and_is_named() throws Exception {
        write("a", "sub/locked/b");
        Path real = root.toRealPath();
        SourceRoot locked = new SourceRoot(real, new Locked(new SecureTree(real), "locked"), PathNames.of(real));
        WalkOptions recursive = new WalkOptions(null, true, List.of(), SortBuffer.DEFAULT);
        try (TreeWalk walk = new TreeWalk(locked, recursive, Optional.empty())) {
            assertThat(walk.next()).isEqualTo("dfl-a");
            assertThatThrownBy(walk::next)
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.LISTING_FAILED))
                    .hasMessageContaining("the directory \"sub/locked/\" in \"/root\"")
                    .hasMessageContaining("AccessDenied")
                    .hasMessageContaining("check its permissions");
        }
        WalkOptions without = new WalkOptions(null, true, List.of(root.resolve("sub/locked")), SortBuffer.DEFAULT);
        try (TreeWalk walk = new TreeWalk(locked, without, Optional.empty())) {
            assertThat(walk.next()).isEqualTo("dfl-a");
            assertThat(walk.next()).isNull();
        }
    }

    /** Refuses to read directories of one name. */
    private record Locked(ConfinedTree tree, String name) implements ConfinedTree {
        @Override
        public void scan(List<Path> directory, Visitor visitor) throws IOException {
            if (!directory.isEmpty()
                    && directory.get(directory.size() - 1).toString().equals(name)) {
                throw new AccessDeniedException(name);
            }
            tree.scan(directory, visitor);
        }

        @Override
        public BasicFileAttributes attributes(List<Path> entry) throws IOException {
            return tree.attributes(entry);
        }

        @Override
        public SeekableByteChannel open(List<Path> file) throws IOException {
            return tree.open(file);
        }
    }

    private NioSourceDirectory source() {
        return Sources.of(root).recursive(true);
    }

    private void write(String... paths) throws IOException {
        for (String path : paths) {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            if (!Files.isDirectory(file)) {
                Files.writeString(file, path);
            }
        }
    }

    /** Files at random places below few names, that are prefixes of each other and differ around the slash. */
    private NavigableSet<String> randomTree(String name, Random random) throws IOException {
        String[] names = {"a", "a-", "a.", "a0", "a a", "aa", "\u00fc", "b~", "B"};
        Path tree = Files.createDirectories(root.resolve(name));
        NavigableSet<String> ids = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            Path path = tree;
            for (int depth = random.nextInt(4); depth >= 0; depth--) {
                path = path.resolve(names[random.nextInt(names.length)]);
            }
            if (isFree(tree, path)) {
                Files.createDirectories(path.getParent());
                Files.writeString(path, "x");
                ids.add(SourceRoot.of(tree).id(path));
            }
        }
        return ids;
    }

    private static boolean isFree(Path tree, Path path) {
        Path at = tree;
        for (Path name : tree.relativize(path)) {
            at = at.resolve(name);
            if (Files.isRegularFile(at)) {
                return false;
            }
        }
        return !Files.exists(path);
    }

    /** Each id, and what is right before, right behind, above and below it. */
    private static List<String> positions(Set<String> ids) {
        List<String> positions = new ArrayList<>(List.of("", "dfl-", "dfl", "e", "\ud83d\ude00"));
        for (String id : ids) {
            positions.add(id);
            positions.add(id + "!");
            positions.add(id + "/");
            positions.add(id + "/a");
            positions.add(id.substring(0, id.length() - 1));
            positions.add(id.substring(0, id.lastIndexOf('/') + 1));
        }
        return positions;
    }
}
