package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The document and the kit have the same rules, and tell them in the same words. */
class StoreRulesDocumentTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| (S\\d+\\.\\d+) \\| ([^|]+) \\| ([^|]+) \\|$", Pattern.MULTILINE);
    private static final Pattern BUG = Pattern.compile("^\\| ([a-z ]+) \\| [^|]+ \\| (S[^|]+) \\|$", Pattern.MULTILINE);

    private static String document() throws Exception {
        String root = System.getProperty("maven.multiModuleProjectDirectory", "..");
        return Files.readString(Path.of(root, "docs", "contracts.md"));
    }

    @Test
    void every_rule_of_the_kit_stands_in_the_document_and_the_other_way_round() throws Exception {
        RuleNames names = new RuleNames();
        Map<String, String> kit = Arrays.stream(BatchStoreContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(method -> names.generateDisplayNameForMethod(List.of(), BatchStoreContract.class, method)
                        .split(" ", 2))
                .collect(Collectors.toMap(rule -> rule[0], rule -> rule[1], (one, two) -> one, TreeMap::new));
        Map<String, String> document = ROW.matcher(document())
                .results()
                .collect(Collectors.toMap(
                        row -> row.group(1), row -> row.group(2), (one, two) -> "twice", TreeMap::new));
        assertThat(document).isEqualTo(kit);
        assertThat(kit).hasSizeGreaterThan(100);
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
