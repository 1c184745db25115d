package io.batchengine.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleDataTest {
    @TempDir
    private Path folder;

    @Test
    void unpacking_copies_every_document_and_may_be_repeated() throws IOException {
        Path target = folder.resolve("new/folder");
        SampleData.unpack(target);

        List<Path> files = SampleData.unpack(target);

        assertThat(list(target)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(files).extracting(file -> file.getFileName().toString()).isEqualTo(SampleData.names());
        Path committed = Path.of("src/main/resources/sample/documents");
        for (Path file : files) {
            assertThat(file)
                    .hasSameBinaryContentAs(committed.resolve(file.getFileName().toString()));
        }
    }

    @Test
    void hostile_names_are_written_as_utf_8_whatever_the_charset_of_the_platform() throws IOException {
        List<Path> files = SampleData.addHostileNames(folder);

        assertThat(list(folder)).containsExactlyInAnyOrderElementsOf(files);
        assertThat(files.stream().map(SampleDataTest::address).toList())
                .contains(
                        "with%20some%20spaces.txt",
                        "Gr%C3%BC%C3%9Fe%20aus%20K%C3%B6ln.rtf", "launch%20%F0%9F%9A%80.md");
        assertThat(files).allSatisfy(file -> assertThat(file).isNotEmptyFile());
    }

    private static String address(Path file) {
        String path = file.toUri().getRawPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
