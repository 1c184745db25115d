package io.batchengine.testkit.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.testkit.invariant.Invariant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page for test authors says what is compiled here: each Java block stands, except for its indentation, in a source of this package between
 * {@code // DOC:begin name} and {@code // DOC:end name}; a block of imports is all of the imports of one.
 */
class SimulatorDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."));
    private static final Path SOURCES = ROOT.resolve("testkit/src/test/java/io/batchengine/testkit/example");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern PART = Pattern.compile("(?ms)^ *// DOC:begin (\\w+)\\n(.*?)^ *// DOC:end \\1$");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (I\\d+[a-z]?|calls|defects|check) \\| (.+) \\|$");

    @Test
    void every_java_block_is_compiled_and_every_marked_part_is_shown() throws IOException {
        List<String> blocks = BLOCK.matcher(document())
                .results()
                .map(block -> unindented(block.group(1)))
                .collect(Collectors.toCollection(ArrayList::new));
        blocks.removeIf(block -> block.lines().allMatch(line -> line.startsWith("import "))
                && sources().anyMatch(source -> imports(source).equals(block)));
        assertThat(blocks).containsExactlyInAnyOrderElementsOf(parts().values());
    }

    @Test
    void the_test_of_an_own_factory_has_less_than_20_lines() throws IOException {
        assertThat(parts().get("test").lines()).hasSizeLessThan(20);
    }

    @Test
    void every_invariant_stands_in_the_table() throws IOException {
        Map<String, String> rows =
                ROW.matcher(document()).results().collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
        assertThat(rows)
                .isEqualTo(Arrays.stream(Invariant.values()).collect(Collectors.toMap(Invariant::id, Invariant::rule)));
    }

    private static String document() throws IOException {
        return Files.readString(ROOT.resolve("docs/guide/simulator.md"));
    }

    private static Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>();
        sources().forEach(source -> {
            Matcher part = PART.matcher(source);
            while (part.find()) {
                parts.put(part.group(1), unindented(part.group(2)));
            }
        });
        return parts;
    }

    private static Stream<String> sources() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                texts.add(Files.readString(file));
            }
            return texts.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String imports(String source) {
        return source.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    }

    private static String unindented(String text) {
        return text.stripTrailing().stripIndent();
    }
}
