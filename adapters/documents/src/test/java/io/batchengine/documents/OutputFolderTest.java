package io.batchengine.documents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.batchengine.spi.SourceFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFolderTest {
    private final FileSystem fileSystem = Jimfs.newFileSystem(Configuration.unix());
    private final Path root = fileSystem.getPath("/out");
    private final OutputFolder outputs = OutputFolder.at(root);

    @AfterEach
    void close() throws IOException {
        fileSystem.close();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            a.txt,          a.txt.md
            a/b/c.docx,     a/b/c.docx.md
            100%.txt,       100%.txt.md
            a%20b.txt,      a%2520b.txt.md
            a%2Fb,          a%252Fb.md
            größe 😀.txt,    größe 😀.txt.md
            .,              %2E.md
            ..,             .%2E.md
            a/../b,         a/.%2E/b.md
            ../../etc,      .%2E/.%2E/etc.md
            /etc/passwd,    %2F/etc/passwd.md
            a//b,           a/%2F/b.md
            a/,             a/%2F.md
            C:\\x,           C%3A%5Cx.md
            con,            %63on.md
            NUL.txt,        %4EUL.txt.md
            lpt1 .a,        %6Cpt1 .a.md
            console,        console.md
            a.,             a%2E.md
            "a /b",         a%20/b.md
            .hidden,        .hidden.md
            """)
    void a_name_becomes_a_path(String name, String path) {
        assertThat(root.relativize(outputs.path(name, ".md")).toString()).isEqualTo(path);
    }

    static Stream<List<String>> awkwardNames() {
        return Stream.of(
                List.of("a\u0000b", "a%00b.md"),
                List.of("a\nb", "a%0Ab.md"),
                List.of("a\u009bb", "a%C2%9Bb.md"),
                List.of("a\ud800b", "a%ED%A0%80b.md"),
                List.of("a?*<>|\"", "a%3F%2A%3C%3E%7C%22.md"));
    }

    @ParameterizedTest
    @MethodSource("awkwardNames")
    void what_could_not_be_a_file_name_is_escaped(List<String> nameAndPath) {
        assertThat(root.relativize(outputs.path(nameAndPath.get(0), ".md")).toString())
                .isEqualTo(nameAndPath.get(1));
    }

    /** Names from an alphabet that is all trouble: parts of escapes, separators, dots, devices, and the mark of shortened names. */
    @Test
    void no_two_names_share_an_output() {
        String[] alphabet = {
            "%",
            "2",
            "5",
            "F",
            "f",
            "%25",
            "%2F",
            "/",
            ".",
            "..",
            " ",
            "con",
            "a",
            "\u0000",
            "\ud800",
            "\udc80",
            "\ufffd",
            "~",
            "x".repeat(120),
            "~0123456789abcdef0123456789abcdef",
            "ä",
            "😀",
            ":"
        };
        Random random = new Random(42);
        Map<String, String> nameByPath = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 200_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(6); length >= 0; length--) {
                name.append(alphabet[random.nextInt(alphabet.length)]);
            }
            Path path = outputs.path(name.toString(), ".md");
            String other = nameByPath.put(path.toString(), name.toString());
            assertThat(other == null || other.contentEquals(name))
                    .as("%s and %s give %s", name, other, path)
                    .isTrue();
            assertThat(path.normalize()).isEqualTo(path).startsWithRaw(root);
            for (Path segment : root.relativize(path)) {
                assertThat(segment.toString().getBytes(UTF_8).length).isLessThanOrEqualTo(255);
            }
            names.add(name.toString());
        }
        assertThat(nameByPath).hasSameSizeAs(names);
    }

    @Test
    void what_is_escaped_can_be_read_back() {
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                name.appendCodePoint("%%25aFcon. \u00e4:\n😀".codePointAt(random.nextInt(15)));
            }
            String segment = name.toString();
            String file = outputs.path(segment, ".md").getFileName().toString();
            assertThat(decode(file.substring(0, file.length() - 3))).isEqualTo(clean(segment));
        }
    }

    private static String clean(String text) {
        return new String(decodeBytes(text, false), UTF_8);
    }

    private static String decode(String name) {
        return new String(decodeBytes(name, true), UTF_8);
    }

    private static byte[] decodeBytes(String name, boolean escapes) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); ) {
            int c = name.codePointAt(i);
            if (escapes
                    && c == '%'
                    && i + 2 < name.length()
                    && name.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                out.write(Integer.parseInt(name.substring(i + 1, i + 3), 16));
                i += 3;
            } else if (Character.getType(c) == Character.SURROGATE) {
                byte[] bytes = c >= 0xdc80 && c <= 0xdcff
                        ? new byte[] {(byte) (c - 0xdc00)}
                        : new byte[] {
                            (byte) (0xe0 | (c >> 12)), (byte) (0x80 | ((c >> 6) & 0x3f)), (byte) (0x80 | (c & 0x3f))
                        };
                out.writeBytes(bytes);
                i++;
            } else {
                out.writeBytes(Character.toString(c).getBytes(UTF_8));
                i += Character.charCount(c);
            }
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {".md", ".meta.json", ".extract.json"})
    void a_long_name_is_cut_and_keeps_its_suffix(String suffix) {
        String start = "ö".repeat(200);

        Path path = outputs.path(start + "1", suffix);

        assertThat(path.getFileName().toString())
                .startsWith("ööö")
                .endsWith(suffix)
                .contains("~");
        assertThat(path.getFileName().toString().getBytes(UTF_8).length).isBetween(250, 255);
        assertThat(path).isNotEqualTo(outputs.path(start + "2", suffix));
        assertThat(outputs.path("x".repeat(255 - suffix.length()), suffix)
                        .getFileName()
                        .toString())
                .isEqualTo("x".repeat(255 - suffix.length()) + suffix);
    }

    @Test
    void names_that_differ_in_bytes_that_are_no_utf_8_stay_apart() throws IOException {
        SourceFile one = TestFiles.of("dfl-a/%FFb.txt", "a/\ufffdb.txt", new byte[0]);
        SourceFile two = TestFiles.of("dfl-a/%FEb.txt", "a/\ufffdb.txt", new byte[0]);
        SourceFile three = TestFiles.of("dfl-a/%EF%BF%BDb.txt", "a/\ufffdb.txt", new byte[0]);

        assertThat(outputs.write(one, ".md", "1").toString()).isEqualTo("/out/a/%FFb.txt.md");
        assertThat(outputs.write(two, ".md", "2").toString()).isEqualTo("/out/a/%FEb.txt.md");
        assertThat(outputs.write(three, ".md", "3").toString()).isEqualTo("/out/a/\ufffdb.txt.md");
    }

    @Test
    void an_output_is_written_whole_and_replaced() throws IOException {
        Path path = outputs.write("a/b.txt", ".md", "# One\n");
        outputs.write("a/b.txt", ".md", "# Größe\n");

        assertThat(path).isEqualTo(root.resolve("a/b.txt.md"));
        assertThat(path).hasContent("# Größe\n");
        try (var files = Files.list(root.resolve("a"))) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void an_output_that_fails_leaves_nothing_behind() throws IOException {
        Files.createDirectories(root.resolve("b.txt.md/inside"));

        assertThatThrownBy(() -> outputs.write("b.txt", ".md", "text"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("b.txt.md")
                .hasMessageContaining("folder");

        try (var files = Files.list(root)) {
            assertThat(files).containsExactly(root.resolve("b.txt.md"));
        }
    }

    @Test
    void no_folder_is_made_behind_a_link_that_leads_out() throws IOException {
        Path elsewhere = Files.createDirectory(fileSystem.getPath("/elsewhere"));
        Files.createDirectories(root);
        Files.createSymbolicLink(root.resolve("sub"), elsewhere);
        Files.createSymbolicLink(root.resolve("nothing"), elsewhere.resolve("missing"));

        for (String name : List.of("sub/deeper/a.txt", "sub/a.txt", "nothing/a.txt", "nothing/deeper/a.txt")) {
            assertThatThrownBy(() -> outputs.write(name, ".md", "text")).hasMessageContaining("is a link");
        }

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void a_link_does_not_lead_an_output_out_of_the_folder() throws IOException {
        Files.createDirectories(root);
        Path elsewhere = Files.createDirectory(fileSystem.getPath("/elsewhere"));
        Files.createSymbolicLink(root.resolve("a"), elsewhere);

        assertThatThrownBy(() -> outputs.write("a/b.txt", ".md", "text")).hasMessageContaining("leads out");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void leftovers_are_removed_and_nothing_else() throws IOException {
        outputs.write("a/b.txt", ".md", "text");
        Path leftover = Files.createFile(root.resolve("a/.batch-engine-0123456789abcdef.tmp"));
        List<Path> own = List.of(
                root.resolve("a/notes.tmp"),
                root.resolve("a/batch-engine-0123456789abcdef.tmp"),
                root.resolve("a/.batch-engine-0123.tmp"));
        for (Path file : own) {
            Files.createFile(file);
        }
        Path folder = Files.createDirectory(root.resolve("a/.batch-engine-fedcba9876543210.tmp"));

        assertThat(outputs.removeLeftovers()).isEqualTo(1);

        assertThat(leftover).doesNotExist();
        assertThat(own).allSatisfy(file -> assertThat(file).exists());
        assertThat(folder).exists();
        assertThat(outputs.removeLeftovers()).isZero();
        assertThat(OutputFolder.at(fileSystem.getPath("/none")).removeLeftovers())
                .isZero();
    }

    @Test
    void in_a_locale_without_umlauts_they_are_escaped(@TempDir Path folder) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WriteOutput.class.getName(),
                folder.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(process.waitFor()).as(output).isZero();
        // A system whose names are always Unicode has no such locale.
        assertThat(output)
                .isIn(
                        "ANSI_X3.4-1968 gr%C3%B6%C3%9Fe.txt.md",
                        "US-ASCII gr%C3%B6%C3%9Fe.txt.md", "UTF-8 gr\u00f6\u00dfe.txt.md");
    }
}
