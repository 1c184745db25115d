package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every Java block of the README, the guide and the other pages is compiled: it stands, except for its indentation, in a source file
 * between {@code // README:begin name} and {@code // README:end name} (in the example of the test kit: {@code // DOC:begin name}); a block
 * of imports is all of the imports of one file.
 */
class ReadmeSnippetsTest {
    private static final Path TESTKIT_EXAMPLE =
            Documents.ROOT.resolve("testkit/src/test/java/io/batchengine/testkit/example");
    private static final Pattern BEGIN = Pattern.compile("// (README|DOC):begin (\\S+)");
    private static final int MOST_README_LINES = 200;

    @Test
    void every_java_block_is_a_marked_part_of_a_compiled_source() throws IOException {
        Map<String, List<String>> parts = parts();
        List<List<String>> imports = imports();
        for (Path page : Documents.pages()) {
            for (List<String> block : blocks(page)) {
                if (block.stream().allMatch(line -> line.startsWith("import "))) {
                    assertThat(imports).as("imports in %s", page).contains(block);
                } else {
                    assertThat(parts.values()).as("a block of %s", page).contains(block);
                }
            }
        }
    }

    @Test
    void every_marked_part_is_shown() throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        for (Path page : Documents.pages()) {
            blocks.addAll(blocks(page));
        }
        parts().forEach((name, part) -> assertThat(blocks).as(name).contains(part));
    }

    @Test
    void the_readme_begins_with_the_hello_world_of_10_to_15_lines() throws IOException {
        List<String> first = blocks(Documents.README).get(0);
        assertThat(first).isEqualTo(parts().get("hello-world")).hasSizeBetween(10, 15);
    }

    @Test
    void the_readme_is_short() throws IOException {
        assertThat(Files.readAllLines(Documents.README)).hasSizeLessThanOrEqualTo(MOST_README_LINES);
    }

    private static List<List<String>> blocks(Path page) throws IOException {
        List<List<String>> blocks = new ArrayList<>();
        List<String> open = null;
        for (String line : Files.readAllLines(page)) {
            if (open == null && line.strip().equals("```java")) {
                open = new ArrayList<>();
            } else if (open != null && line.strip().equals("```")) {
                blocks.add(unindented(open));
                open = null;
            } else if (open != null) {
                open.add(line);
            }
        }
        assertThat(open).as("a block of %s that is not closed", page).isNull();
        return blocks;
    }

    /** What stands between markers, by name. */
    private static Map<String, List<String>> parts() throws IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        for (List<String> source : sources()) {
            for (int i = 0; i < source.size(); i++) {
                Matcher begin = BEGIN.matcher(source.get(i).strip());
                if (begin.matches()) {
                    String end = "// " + begin.group(1) + ":end " + begin.group(2);
                    int last = i + 1;
                    while (!source.get(last).strip().equals(end)) {
                        last++;
                    }
                    assertThat(parts.put(begin.group(2), unindented(source.subList(i + 1, last))))
                            .as("a second part of the name %s", begin.group(2))
                            .isNull();
                }
            }
        }
        return parts;
    }

    /** The imports of each file. */
    private static List<List<String>> imports() throws IOException {
        return sources().stream()
                .map(source -> source.stream()
                        .filter(line -> line.startsWith("import "))
                        .toList())
                .toList();
    }

    private static List<List<String>> sources() throws IOException {
        List<List<String>> sources = new ArrayList<>();
        for (Path root : List.of(Documents.ROOT.resolve("examples/src"), TESTKIT_EXAMPLE)) {
            for (Path file : Documents.files(root, ".java")) {
                sources.add(Files.readAllLines(file));
            }
        }
        return sources;
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
