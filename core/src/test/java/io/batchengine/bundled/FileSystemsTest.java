package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same ids, order and confinement on file systems other than the default one. */
class FileSystemsTest {
    private static final List<String> PATHS = List.of(
            "a b.txt", "\u00fc.txt", "\ud83d\ude00", "100%.txt", "sub/x", "sub-y", "sub/deep/z", "e\u0301", "\u00e9");
    private static final List<String> IDS = List.of(
            "dfl-%C3%A9",
            "dfl-%C3%BC.txt",
            "dfl-%F0%9F%98%80",
            "dfl-100%25.txt",
            "dfl-a%20b.txt",
            "dfl-e%CC%81",
            "dfl-sub-y",
            "dfl-sub/deep/z",
            "dfl-sub/x");

    @Test
    void a_zip_archive_is_a_source(@TempDir Path dir) throws Exception {
        Path zip = zip(dir, PATHS.toArray(String[]::new));
        try (FileSystem fileSystem = FileSystems.newFileSystem(zip)) {
            Path root = fileSystem.getPath("/");
            assertThat(ConfinedTree.of(root)).isInstanceOf(PlainTree.class);
            listsAndFindsAll(root, IDS);
            NioSourceDirectory below = Sources.of(fileSystem.getPath("sub")).recursive(true);
            assertThat(Sources.ids(below)).containsExactly("dfl-deep/z", "dfl-x");
            assertThat(Sources.find(below, "dfl-../sub-y")).isEmpty();
            assertThat(Sources.ids(Sources.of(root).glob("sub*"))).containsExactly("dfl-sub-y");
            assertThat(Sources.ids(Sources.of(root).recursive(true).excluding(fileSystem.getPath("/sub"))))
                    .hasSize(7);
            assertThat(Sources.ids(Sources.of(root).excluding(dir))).hasSize(7);
        }
    }

    @Test
    void a_name_that_its_archive_cannot_open_again_is_unreadable_and_not_skipped(@TempDir Path dir) throws Exception {
        Path zip = zip(dir, "back\\slash", "ok");
        try (FileSystem fileSystem = FileSystems.newFileSystem(zip)) {
            List<SourceFile> files = Sources.files(Sources.of(fileSystem.getPath("/")));
            assertThat(files).extracting(SourceFile::id).containsExactly("dfl-back%5Cslash", "dfl-ok");
            assertThat(files.get(0).unreadable())
                    .hasValueSatisfying(
                            why -> assertThat(why).contains("back\\slash").contains("rename"));
            assertThatThrownBy(files.get(0)::open).isInstanceOf(IOException.class);
            assertThat(files.get(1).unreadable()).isEmpty();
        }
    }

    @Test
    void directories_under_a_parent_in_an_archive(@TempDir Path dir) throws Exception {
        try (FileSystem fileSystem = FileSystems.newFileSystem(zip(dir, "\u00fc/a", "b"))) {
            NioSourceDirectory source = NioSourceDirectory.under(fileSystem.getPath("/"));
            assertThat(source.exists(Sources.SCOPE, "\u00fc")).isTrue();
            assertThat(source.exists(Sources.SCOPE, "b")).isFalse();
            assertThat(source.exists(Sources.SCOPE, "..")).isFalse();
            assertThat(source.exists(Sources.SCOPE, "")).isFalse();
        }
    }

    @Test
    void a_unix_file_system_in_memory_is_a_source() throws Exception {
        try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = write(fileSystem.getPath("/root"), PATHS);
            listsAndFindsAll(root, IDS);
            write(root, List.of("back\\slash", "CASE", "case", "\ud83d", "\ud83e", "sub/\u001b"));
            Files.createSymbolicLink(root.resolve("link"), fileSystem.getPath("/root/sub"));
            NioSourceDirectory source = Sources.of(root).recursive(true);
            assertThat(Sources.ids(source))
                    .contains(
                            "dfl-back%5Cslash", "dfl-CASE", "dfl-case", "dfl-%ED%A0%BD", "dfl-%ED%A0%BE", "dfl-sub/%1B")
                    .noneMatch(id -> id.contains("link"))
                    .hasSize(15);
            listsAndFindsAll(root, Sources.ids(source));
            assertThat(Sources.find(source, "dfl-link/x")).isEmpty();
        }
    }

    @Test
    void a_windows_file_system_in_memory_has_the_same_ids_and_keeps_case() throws Exception {
        try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.windows())) {
            Path root = write(fileSystem.getPath("C:\\root"), PATHS);
            listsAndFindsAll(root, IDS);
            write(root, List.of("Case.txt"));
            write(fileSystem.getPath("C:\\"), List.of("secret"));
            NioSourceDirectory source = Sources.of(root);
            assertThat(Sources.find(source, "dfl-Case.txt")).isPresent();
            for (String id : List.of(
                    "dfl-case.txt",
                    "dfl-CASE.TXT",
                    "dfl-..%5Csecret",
                    "dfl-%5Csecret",
                    "dfl-C%3A%5Csecret",
                    "dfl-C%3A",
                    "dfl-sub%5Cx",
                    "dfl-%00",
                    "dfl-%3F",
                    "dfl-%C3%A9%FF")) {
                assertThat(Sources.find(source, id)).as(id).isEmpty();
            }
            NioSourceDirectory under = NioSourceDirectory.under(fileSystem.getPath("C:\\"));
            assertThat(under.exists(Sources.SCOPE, "root")).isTrue();
            for (String id : List.of("ROOT", "C:", "C:\\root", "root\\sub", "root/sub", "secret", "\\", "\\\\")) {
                assertThat(under.exists(Sources.SCOPE, id)).as(id).isFalse();
            }
        }
    }

    @Test
    void a_mac_file_system_in_memory_lists_names_as_it_shows_them() throws Exception {
        try (FileSystem fileSystem = Jimfs.newFileSystem(Configuration.osX())) {
            // It takes a composed and a decomposed name for the same file, and shows it composed.
            Path root = write(fileSystem.getPath("/root"), List.of("e\u0301.txt", "Case.txt", "sub/u\u0308"));
            listsAndFindsAll(root, List.of("dfl-%C3%A9.txt", "dfl-Case.txt", "dfl-sub/%C3%BC"));
            NioSourceDirectory source = Sources.of(root);
            assertThat(Sources.find(source, "dfl-e%CC%81.txt")).isEmpty();
            assertThat(Sources.find(source, "dfl-case.txt")).isEmpty();
        }
    }

    private static void listsAndFindsAll(Path root, List<String> ids) throws Exception {
        NioSourceDirectory source = Sources.of(root).recursive(true);
        assertThat(Sources.ids(source)).containsExactlyElementsOf(ids);
        for (SourceFile file : Sources.files(source)) {
            SourceFile found = Sources.find(source, file.id()).orElseThrow();
            assertThat(Sources.content(found)).isEqualTo("x" + file.id().length() % 7);
            assertThat(found.size()).hasValue(2);
            assertThat(Files.isSameFile(found.path().orElseThrow(), file.path().orElseThrow()))
                    .isTrue();
            assertThat(file.path().orElseThrow().getFileSystem()).isSameAs(root.getFileSystem());
            assertThat(file.unreadable()).isEmpty();
        }
        String middle = ids.get(ids.size() / 2);
        assertThat(Sources.idsAfter(source, middle))
                .containsExactlyElementsOf(ids.subList(ids.size() / 2 + 1, ids.size()));
    }

    private static Path write(Path root, List<String> paths) throws IOException {
        Files.createDirectories(root);
        for (String path : paths) {
            Path file = root;
            for (String name : path.split("/", -1)) {
                file = file.resolve(name);
            }
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
            Files.writeString(file, content(SourceRoot.of(root.toRealPath()).id(file.toRealPath())));
        }
        return root;
    }

    private static Path zip(Path dir, String... entries) throws IOException {
        Path zip = dir.resolve("archive.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                String id = "dfl-"
                        + FileIds.encode(entry.getBytes(StandardCharsets.UTF_8)).replace("%2F", "/");
                out.write(content(id).getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private static String content(String id) {
        return "x" + id.length() % 7;
    }
}
