package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Ids;
import io.batchengine.spi.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names on the default file system, whose bytes are any but zero and slash. */
class NioNamesTest {
    /** Percent-encoded, so that the tests make the same bytes in every locale. */
    static List<String> names() {
        return List.of(
                "plain.txt",
                "two%20words.txt",
                "%20",
                "%C3%BCml%C3%A4ut.txt",
                "%F0%9F%98%80.txt",
                "line%0Abreak.txt",
                "%1B%5B31mred.txt",
                "%E2%80%AEfdp.exe",
                "100%25.txt",
                "%2541",
                "%C3%A9-composed",
                "e%CC%81-composed",
                "CASE.txt",
                "case.txt",
                "back%5Cslash",
                "%3F%2A%3A%22%3C%3E%7C",
                "%2Bsha256-00",
                "...",
                ".hidden",
                "~tilde~",
                "%01",
                "%7F",
                "x".repeat(255),
                "%FF".repeat(255),
                "%FF.txt",
                "%FE.txt",
                "%C3",
                "%EF%BF%BD",
                "%ED%A0%80");
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_name_is_listed_opened_and_found_again_by_its_bytes(String name, @TempDir Path dir) throws Exception {
        Path file = Sources.write(dir, name);
        NioSourceDirectory source = Sources.of(dir);

        SourceFile listed = Sources.files(source).get(0);
        assertThat(listed.id()).isEqualTo("dfl-" + name);
        SourceFile found = Sources.find(source, listed.id()).orElseThrow();
        for (SourceFile each : List.of(listed, found)) {
            assertThat(each.id()).isEqualTo("dfl-" + name);
            assertThat(Sources.content(each)).isEqualTo(name);
            assertThat(each.size()).hasValue(name.length());
            assertThat(each.unreadable()).isEmpty();
            assertThat(each.path()).hasValue(dir.toRealPath().resolve(file.getFileName()));
            assertThat(each.name()).isEqualTo(FileIds.text("dfl-" + name));
            assertThat(Ids.fault(each.id(), Ids.MAX_FILE_ID_LENGTH)).isNull();
        }
    }

    @Test
    void all_of_them_together_stay_apart_and_in_order(@TempDir Path dir) throws Exception {
        for (String name : names()) {
            Sources.write(dir, name);
        }
        assertThat(Sources.ids(Sources.of(dir)))
                .containsExactlyElementsOf(
                        names().stream().map(name -> "dfl-" + name).sorted().toList());
    }

    @Test
    void the_same_name_as_a_directory_of_the_working_directory_keeps_its_id(@TempDir Path dir) throws Exception {
        // The JDK puts a slash behind the URI of a relative path that is a directory below the working directory.
        Path inWorkingDirectory = Sources.raw(Path.of("").toAbsolutePath(), "target/%FF-twin");
        Files.createDirectories(inWorkingDirectory);
        try {
            PathNames names = PathNames.of(dir);
            Path twin = Path.of("").toAbsolutePath().relativize(inWorkingDirectory);
            assertThat(twin.toUri().getRawPath()).endsWith("/");
            assertThat(FileIds.encode(names.bytes(twin))).isEqualTo("%FF-twin");
        } finally {
            Files.delete(inWorkingDirectory);
        }
    }

    @Test
    void names_of_random_bytes_round_trip(@TempDir Path dir) throws Exception {
        Random random = new Random(21);
        Set<String> expected = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            byte[] name = new byte[1 + random.nextInt(6)];
            for (int b = 0; b < name.length; b++) {
                int value = 1 + random.nextInt(255);
                name[b] = (byte) (value == '/' || value == '.' ? 'x' : value);
            }
            Sources.write(dir, FileIds.encode(name));
            expected.add("dfl-" + FileIds.encode(name));
        }
        NioSourceDirectory source = Sources.of(dir);
        List<String> ids = Sources.ids(source);
        assertThat(ids).containsExactlyElementsOf(expected.stream().sorted().toList());
        for (String id : ids) {
            assertThat(Sources.find(source, id))
                    .hasValueSatisfying(file -> assertThat(file.id()).isEqualTo(id));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void ids_and_contents_are_the_same_in_every_locale(String locale, @TempDir Path dir) throws Exception {
        List<String> expected = new ArrayList<>();
        for (String name : names()) {
            Sources.write(dir, name);
            Sources.write(dir, "%FE%C3%BC/" + name);
            expected.add("dfl-" + name);
            expected.add("dfl-%FE%C3%BC/" + name);
        }
        SmallHeapJvm.Result result = SmallHeapJvm.run(List.of(), locale, ListInLocale.class, dir.toString());
        assertThat(result.output().lines())
                .containsExactlyElementsOf(expected.stream().sorted().toList());
        assertThat(result.exitCode()).isZero();
    }
}
