package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of the README is compiled: it stands, but for its indentation, in a source file of this module between {@code
 * // README:begin name} and {@code // README:end name}; a block of imports is all of the imports of one.
 */
class ReadmeSnippetsTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(
            System.getProperty("maven.multiModuleProjectDirectory"), "maven.multiModuleProjectDirectory"));
    private static final Path SOURCES = ROOT.resolve("examples/src/main/java");

    @Test
    void every_java_block_is_a_marked_part_of_a_compiled_source() throws IOException {
        Map<String, List<String>> parts = parts();
        List<String> imports = imports();
        for (List<String> block : blocks()) {
            if (block.stream().allMatch(line -> line.startsWith("import "))) {
                assertThat(imports).contains(String.join("\n", block));
            } else {
                assertThat(parts.values()).contains(block);
            }
        }
    }

    @Test
    void every_marked_part_is_shown() throws IOException {
        List<List<String>> blocks = blocks();
        parts().forEach((name, part) -> assertThat(blocks).as(name).contains(part));
    }

    @Test
    void the_first_block_is_the_hello_world_of_10_to_15_lines() throws IOException {
        List<String> first = blocks().get(0);
        assertThat(first).isEqualTo(parts().get("hello-world")).hasSizeBetween(10, 15);
    }

    private static List<List<String>> blocks() throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        List<String> open = null;
        for (String line : Files.readAllLines(ROOT.resolve("README.md"))) {
            if (open == null && line.strip().equals("```java")) {
                open = new ArrayList<>();
            } else if (open != null && line.strip().equals("```")) {
                blocks.add(unindented(open));
                open = null;
            } else if (open != null) {
                open.add(line);
            }
        }
        assertThat(open).as("a block that is not closed").isNull();
        assertThat(blocks).as("Java blocks of README.md").isNotEmpty();
        return blocks;
    }

    /** What stands between markers, by name. */
    private static Map<String, List<String>> parts() throws IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (List<String> source : sources()) {
            for (int i = 0; i < source.size(); i++) {
                String line = source.get(i).strip();
                if (line.startsWith("// README:begin ")) {
                    String name = line.substring("// README:begin ".length());
                    int end = i + 1;
                    while (!source.get(end).strip().equals("// README:end " + name)) {
                        end++;
                    }
                    assertThat(parts.put(name, unindented(source.subList(i + 1, end))))
                            .as("a second part of the name %s", name)
                            .isNull();
                }
            }
        }
        return parts;
    }

    /** The imports of each file. */
    private static List<String> imports() throws IOException {
        return sources().stream()
                .map(source -> String.join(
                        "\n",
                        source.stream()
                                .filter(line -> line.startsWith("import "))
                                .toList()))
                .toList();
    }

    private static List<List<String>> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .map(ReadmeSnippetsTest::lines)
                    .toList();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> unindented(List<String> lines) {
        int indentation = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indentation).stripTrailing())
                .toList();
    }
}
