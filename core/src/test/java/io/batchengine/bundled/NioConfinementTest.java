package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing outside of the root is opened, whatever was swapped since it was listed. */
class NioConfinementTest {
    @TempDir
    Path dir;

    private Path root;
    private Path outside;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(dir.resolve("root"));
        outside = Files.createDirectory(dir.resolve("outside"));
        Sources.write(root, "sub/deep/file");
        Sources.write(outside, "deep/file");
        Sources.write(outside, "file");
        Files.writeString(outside.resolve("deep/file"), "secret");
        Files.writeString(outside.resolve("file"), "secret");
    }

    private Stream<ConfinedTree> trees() {
        return Stream.of(new SecureTree(root), new PlainTree(root));
    }

    @Test
    void the_default_file_system_has_secure_directories() {
        assertThat(ConfinedTree.of(root)).isInstanceOf(SecureTree.class);
    }

    @Test
    void both_trees_read_what_is_inside() {
        assertThat(trees()).allSatisfy(tree -> {
            try (InputStream in = Channels.newInputStream(tree.open(path("sub", "deep", "file")))) {
                assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                        .isEqualTo("sub/deep/file");
            }
            assertThat(tree.attributes(path("sub")).isDirectory()).isTrue();
            List<String> seen = new ArrayList<>();
            tree.scan(path("sub"), (name, attributes) -> {
                assertThat(attributes.read().isDirectory()).isTrue();
                seen.add(name.toString());
            });
            assertThat(seen).containsExactly("deep");
            assertThatThrownBy(() -> tree.open(path("sub", "gone"))).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> tree.open(path("gone", "x"))).isInstanceOf(NoSuchFileException.class);
        });
    }

    @Test
    void a_file_swapped_for_a_link_is_not_opened() throws Exception {
        NioSourceDirectory source = Sources.of(root).recursive(true);
        SourceFile listed = Sources.files(source).get(0);
        replaceByLink(root.resolve("sub/deep/file"), outside.resolve("file"));
        assertThatThrownBy(listed::open)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("sub/deep/file")
                .hasMessageContaining("symbolic link");
        assertThat(listed.size()).isEmpty();
        assertThat(Sources.find(source, listed.id())).isEmpty();
        assertThat(trees())
                .allSatisfy(tree -> assertThatThrownBy(() -> tree.open(path("sub", "deep", "file")))
                        .hasMessageContaining("symbolic link"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sub", "sub/deep"})
    void a_directory_swapped_for_a_link_is_not_entered(String swapped) throws Exception {
        NioSourceDirectory source = Sources.of(root).recursive(true);
        SourceFile listed = Sources.files(source).get(0);
        Path target = swapped.equals("sub") ? outside : outside.resolve("deep");
        replaceByLink(root.resolve(swapped), target);
        assertThatThrownBy(listed::open)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("no directory any more");
        assertThat(listed.size()).isEmpty();
        assertThat(Sources.find(source, listed.id())).isEmpty();
        assertThat(Sources.ids(source)).isEmpty();
        assertThat(trees()).allSatisfy(tree -> {
            assertThatThrownBy(() -> tree.open(path("sub", "deep", "file"))).isInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(() -> tree.attributes(path("sub", "deep", "file")))
                    .isInstanceOf(NotDirectoryException.class);
            assertThatThrownBy(() -> tree.scan(path("sub", "deep"), (name, attributes) -> {}))
                    .isInstanceOf(NotDirectoryException.class);
        });
    }

    @Test
    void a_directory_swapped_while_it_is_listed_is_not_entered() throws Exception {
        Sources.write(root, "a");
        NioSourceDirectory source = Sources.of(root).recursive(true);
        try (Listing listing = source.list(ListRequest.of(Sources.SCOPE, Sources.DIRECTORY))) {
            assertThat(listing.next(1).files()).hasSize(1);
            replaceByLink(root.resolve("sub"), outside);
            assertThat(Sources.drain(listing, 5)).isEmpty();
        }
    }

    @Test
    void a_file_swapped_for_a_fifo_does_not_wait_for_a_writer() throws Exception {
        SourceFile listed = Sources.files(Sources.of(root).recursive(true)).get(0);
        Path file = root.resolve("sub/deep/file");
        Files.delete(file);
        assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(listed::open).hasMessageContaining("no longer a regular file");
        assertThat(trees())
                .allSatisfy(tree -> assertThatThrownBy(() -> tree.open(path("sub", "deep", "file")))
                        .hasMessageContaining("no longer a regular file"));
    }

    @ParameterizedTest
    @CsvSource({"sub, .", "sub/deep, deep", "sub/deep/file, file"})
    void no_swap_at_any_moment_leads_out(String swapped, String target) throws Exception {
        SourceFile listed = Sources.files(Sources.of(root).recursive(true)).get(0);
        Path inside = root.resolve(swapped);
        Path aside = dir.resolve("aside");
        Path link = Files.createSymbolicLink(dir.resolve("link"), outside.resolve(target));
        AtomicBoolean done = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            try {
                while (!done.get()) {
                    Files.move(inside, aside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(link, inside, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(inside, link, StandardCopyOption.ATOMIC_MOVE);
                    Files.move(aside, inside, StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        swapper.start();
        List<String> read = new ArrayList<>();
        int refused = 0;
        try {
            for (int i = 0; i < 10_000 || ((refused == 0 || read.isEmpty()) && i < 10_000_000); i++) {
                try {
                    read.add(Sources.content(listed));
                } catch (FileSystemException e) {
                    refused++;
                }
            }
        } finally {
            done.set(true);
            swapper.join();
        }
        assertThat(read).isNotEmpty().containsOnly("sub/deep/file");
        assertThat(refused).isPositive();
    }

    private List<Path> path(String... names) {
        return Stream.of(names).map(Path::of).toList();
    }

    private void replaceByLink(Path path, Path target) throws IOException {
        Files.move(path, dir.resolve("moved-away"));
        Files.createSymbolicLink(path, target);
    }
}
