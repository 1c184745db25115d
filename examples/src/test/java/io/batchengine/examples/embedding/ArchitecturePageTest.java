package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages say what the code says: names of classes, methods and packages, bounds, and the edges of a batch's status. */
class ArchitecturePageTest {
    private static final List<String> MODULES = List.of("spi", "core", "testkit", "adapters", "benchmarks", "examples");
    private static final Path PAGE = Documents.ROOT.resolve("docs/architecture.md");
    private static final Pattern DIAGRAM = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern IN_DIAGRAM = Pattern.compile("<br>([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern TYPE = Pattern.compile("([A-Z]\\w+)(?:\\.(\\w+))?");
    private static final Pattern PACKAGE = Pattern.compile("(io\\.batchengine[\\w.]*?)(?:\\.\\*)?");
    private static final Pattern CONSTANT = Pattern.compile("`([A-Z]\\w+)[.]([A-Z_]+)`");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final Pattern EDGES =
            Pattern.compile("(?m)^(?: [*])?[ ]*([A-Z]*) *-> ([A-Z]+(?:(?:, | [|] )[A-Z]+)*)");

    private static Map<String, Path> sources() throws IOException {
        Map<String, Path> found = new HashMap<>();
        for (String module : MODULES) {
            for (Path file : Documents.files(Documents.ROOT.resolve(module), ".java")) {
                if (file.toString().replace('\\', '/').contains("/src/")) {
                    String name = String.valueOf(file.getFileName());
                    found.put(name.substring(0, name.length() - ".java".length()), file);
                }
            }
        }
        return found;
    }

    private static List<String> names(String page) {
        List<String> names = new ArrayList<>();
        for (MatchResult diagram : IN_DIAGRAM.matcher(page).results().toList()) {
            names.addAll(List.of(diagram.group(1).split(", ", -1)));
        }
        CODE.matcher(DIAGRAM.matcher(page).replaceAll(""))
                .results()
                .map(code -> code.group(1))
                .forEach(names::add);
        return names;
    }

    @Test
    void every_class_and_method_that_the_page_names_is_there() throws IOException {
        Map<String, Path> sources = sources();
        Set<String> missing = new TreeSet<>();
        int looked = 0;
        for (String name : names(Files.readString(PAGE))) {
            var type = TYPE.matcher(name);
            if (!type.matches()) {
                continue;
            }
            looked++;
            Path source = sources.get(type.group(1));
            String member = type.group(2);
            boolean there = source != null
                    && (member == null
                            || Pattern.compile("\\b" + member + "\\b")
                                    .matcher(Files.readString(source))
                                    .find());
            if (!there) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
        assertThat(looked).isGreaterThan(80);
    }

    @Test
    void every_package_that_the_page_names_is_there() throws IOException {
        Set<String> packages = new TreeSet<>();
        for (Path source : sources().values()) {
            String text = Files.readString(source);
            Pattern.compile("(?m)^package ([\\w.]+);")
                    .matcher(text)
                    .results()
                    .forEach(one -> packages.add(one.group(1)));
        }
        List<String> named = new ArrayList<>();
        for (String name : names(Files.readString(PAGE))) {
            var found = PACKAGE.matcher(name);
            if (found.matches()) {
                named.add(found.group(1));
            }
        }
        assertThat(packages).containsAll(named);
        assertThat(named).hasSizeGreaterThan(7);
    }

    /** Of a block of lines such as {@code PENDING -> RUNNING | FAILED}; a line without a first status goes on with the one before. */
    private static Set<String> edges(String text) {
        Set<String> edges = new TreeSet<>();
        String from = "";
        for (MatchResult line : EDGES.matcher(text).results().toList()) {
            from = line.group(1).isEmpty() ? from : line.group(1);
            for (String to : line.group(2).split(", | [|] ", -1)) {
                edges.add(Text.format("%s > %s", from, to));
            }
        }
        return edges;
    }

    @Test
    void the_guide_and_the_javadoc_have_the_edges_of_a_batchs_status() throws IOException {
        Set<String> legal = new TreeSet<>();
        for (BatchStatus from : BatchStatus.values()) {
            for (BatchStatus to : BatchStatus.values()) {
                if (from.canMoveTo(to)) {
                    legal.add(Text.format("%s > %s", from, to));
                }
            }
        }
        Path guide = Documents.ROOT.resolve("docs/guide/create-and-follow-batches.md");
        Path status = Documents.ROOT.resolve("spi/src/main/java/io/batchengine/model/BatchStatus.java");
        assertThat(edges(Files.readString(guide))).as("the guide").isEqualTo(legal);
        assertThat(edges(Files.readString(status))).as("the javadoc").isEqualTo(legal);
    }

    /** A row is what is bounded, the numbers, and the constants that hold them. */
    @Test
    void the_bounds_are_those_of_the_code() throws IOException {
        String page = Files.readString(PAGE);
        Map<String, Path> sources = sources();
        int looked = 0;
        for (String row :
                page.substring(page.indexOf("## What is bounded")).lines().toList()) {
            String[] cells = row.split(" [|] ", -1);
            if (cells.length != 3 || !cells[2].startsWith("`")) {
                continue;
            }
            List<Long> told = numbers(cells[1].replace(",", ""));
            for (MatchResult constant : CONSTANT.matcher(cells[2]).results().toList()) {
                looked++;
                Path source = sources.get(constant.group(1));
                assertThat(source).as(constant.group()).isNotNull();
                String text = Files.readString(source);
                int begin = text.indexOf(" " + constant.group(2) + " =");
                List<Long> held = numbers(text.substring(begin, text.indexOf(';', begin))
                        .replace(constant.group(2), "")
                        .replace("_", ""));
                assertThat(told).as(row).containsAnyElementsOf(held);
            }
        }
        assertThat(looked).isEqualTo(8);
    }

    private static List<Long> numbers(String text) {
        return NUMBER.matcher(text)
                .results()
                .map(number -> Long.parseLong(number.group()))
                .toList();
    }
}
