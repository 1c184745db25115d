package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document and the kit have the same rules, and tell them in the same words. */
class RulesDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| ([SDJ]\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern RULE = Pattern.compile("[sdj][0-9]+_[0-9]+_.*");
    private static final Pattern BUG = Pattern.compile("^\\| ([a-z ]+) \\| [^|]+ \\| (S[^|]+) \\|$", Pattern.MULTILINE);

    private static String document() throws Exception {
        String root = System.getProperty("maven.multiModuleProjectDirectory", "..");
        return Files.readString(Path.of(root, "docs", "contracts.md"));
    }

    @Test
    void every_rule_of_the_kit_stands_in_the_document_and_the_other_way_round() throws Exception {
        RuleNames names = new RuleNames();
        Map<String, String> kit = Stream.of(
                        BatchStoreContract.class, SourceDirectoryContract.class, JobFactoryContract.class)
                .flatMap(RulesDocumentTest::rules)
                .map(method -> names.generateDisplayNameForMethod(List.of(), method.getDeclaringClass(), method)
                        .split(" ", 2))
                .collect(Collectors.toMap(rule -> rule[0], rule -> rule[1], (one, two) -> one, TreeMap::new));
        Map<String, String> document = ROW.matcher(document())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (one, two) -> "twice", TreeMap::new));
        assertThat(document).isEqualTo(kit);
        assertThat(kit.keySet().stream().filter(rule -> rule.startsWith("S"))).hasSizeGreaterThan(100);
        assertThat(kit.keySet().stream().filter(rule -> rule.startsWith("D"))).hasSizeGreaterThan(30);
        assertThat(kit.keySet().stream().filter(rule -> rule.startsWith("J"))).hasSizeGreaterThan(20);
    }

    /** The store's rules are public methods of its themes, the others' are methods of the contracts' own classes. */
    private static Stream<Method> rules(Class<?> contract) {
        Stream<Method> own = Stream.<Class<?>>iterate(contract, Objects::nonNull, Class::getSuperclass)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()));
        return Stream.concat(Arrays.stream(contract.getMethods()), own)
                .filter(method -> RULE.matcher(method.getName()).matches());
    }

    @Test
    void every_rule_has_its_reason() throws Exception {
        assertThat(ROW.matcher(document()).results().map(row -> row.group(3)))
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).hasSizeGreaterThan(10).endsWith("."));
    }

    @Test
    void every_planted_bug_stands_in_the_document_with_the_rules_that_catch_it() throws Exception {
        Map<String, String> bugs = Arrays.stream(PlantedBug.values())
                .collect(Collectors.toMap(
                        bug -> bug.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        bug -> String.join(", ", bug.caughtBy())));
        assertThat(BUG.matcher(document())
                        .results()
                        .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2))))
                .isEqualTo(bugs);
    }
}
