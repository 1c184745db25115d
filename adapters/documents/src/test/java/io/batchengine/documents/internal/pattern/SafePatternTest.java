package io.batchengine.documents.internal.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.documents.DocumentException;
import io.batchengine.spi.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SafePatternTest {
    private static SafePattern pattern(String regex) {
        return SafePattern.ofLines(regex, "rules.v.pattern");
    }

    private static Steps steps() {
        return new Steps(() -> false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?:(?:){2147483647}){2147483647}x",
                "(?:(?:){60000}){60000}x",
                "(){2147483647}x",
                "\\b{2147483647}",
                "^{99999}",
                "(?:\\B{1000}){1000}",
                "(?:(?=a){1000}){1000}",
                "a(?:(?:){1000}){1000}",
                "(?:a(?:){60000})+",
                "(?=a(?:(?:){60000}){60000})",
                "(?!(?:(?:){60000}){60000}x)",
                "(?>(?:){60000})",
                "(?<n>(?:){60000})",
                "(?:){60000}+",
                "(?:){60000,}?",
                "(a?)\\1{60000}",
                "(a?)\\11{60000}",
                "(?<n>a?)\\k<n>{60000}",
                "\\Qa\\E(?:){60000}",
                "[(](?:){60000}",
                "[^]a(?:]](?:){60000}",
                "(?x)(?:) # (((\n {60000}",
                "(?x: [ \\# ] (?:) {6 0000} )",
                "(?x)( ?: ) {60000}",
                "\\cA(?:){60000}",
                "(?<=\\z.{0,99999})a",
                "(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)(?:|)\\z",
                "(?:a*){0,9}?(?:(?:b*|c*){9}){9}x"
            })
    void an_expression_that_may_work_without_looking_at_a_character_is_refused(String regex) {
        Pattern compiled = Pattern.compile(regex);

        assertThat(compiled).isNotNull();
        assertThatThrownBy(() -> pattern(regex))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rules.v.pattern: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[A-Z]*[0-9-]+",
                "^[\\p{L}\\p{N}][\\p{L}\\p{N}./_-]*$",
                "(?m)^Sum (.+)$",
                "(?i)(?:invoice|rechnung|facture)?\\s*(?:no|nr)?\\.?\\s*:?\\s*(\\S+)",
                "(a?b?c?d?e?f?g?h?i?j?)*",
                "((((a{1000}){1000}){1000}){1000})",
                "(?:a{1,3}){1,3}",
                "(?:(?:\\d{1,3}[.,'])?\\d{3}){0,1000000}",
                "\\Q(?:){99999}\\E",
                "[(?:){99999}]",
                "(?x) a # (?:){99999}",
                "\\x{41}{99999}",
                "(?<![0-9])(?<year>[0-9]{4})(?![0-9])",
                "(?<=Total: {0,20})[0-9]+",
                "([ab])\\1+",
                "\\p{IsHan}{2,99999}",
                "\\b\\w+\\b(?:\\s+\\b\\w+\\b){0,50}"
            })
    void an_expression_of_use_is_taken(String regex) throws Exception {
        assertThat(pattern(regex).matches("Sum 5", steps())).isNotNull();
        assertThat(SafePattern.ofValues(regex, "p").isIn("Sum 5", steps()))
                .isEqualTo(Pattern.compile(regex).matcher("Sum 5").find());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+$b", "(?:a*)*b", "(.*)*.*b\\b", "(?=(a+)+b)c", "(a*)\\1*b"})
    void an_expression_that_needs_too_many_steps_ends(String regex) {
        assertThatThrownBy(() -> pattern(regex).matches("a".repeat(5_000) + "c", steps()))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("rules.v.pattern");
    }

    @Test
    void the_steps_of_a_document_are_bounded_whatever_the_number_of_matches() {
        SafePattern slow = pattern("(?:a{0,200}){2}b");
        Steps steps = steps();
        var matches = new AtomicInteger();

        assertThatThrownBy(() -> {
                    while (true) {
                        var unused = slow.matches("a".repeat(300), steps);
                        matches.incrementAndGet();
                    }
                })
                .isInstanceOf(DocumentException.class);
        assertThat(matches.get()).isBetween(2, 10_000);
    }

    @Test
    @Timeout(10)
    void classes_that_are_nested_or_joined_too_often_are_refused() {
        for (String regex : List.of(
                "[".repeat(4_000) + "a" + "]".repeat(4_000),
                "[a" + "&&[a]".repeat(1_900) + "]",
                "[a" + "[b]".repeat(3_000) + "]")) {
            assertThatThrownBy(() -> pattern(regex))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("rules.v.pattern: ");
        }
        assertThat(pattern("[a-z&&[^b]]".repeat(900))).isNotNull();
    }

    @Test
    void an_expression_that_can_not_be_judged_is_told_with_its_place() {
        assertThatThrownBy(() -> pattern("a\\Q\\E{9}"))
                .hasMessageStartingWith("rules.v.pattern: the regular expression ")
                .hasMessageContaining("can't be judged at index ");
    }

    @Test
    void a_match_is_stopped() {
        assertThatThrownBy(() -> pattern("(a+)+b").matches("a".repeat(100), new Steps(() -> true)))
                .isInstanceOfSatisfying(
                        DocumentException.class, e -> assertThat(e.outcome()).isEqualTo(Outcome.stopped()));
    }

    @Test
    void long_and_binary_expressions_are_refused() {
        assertThatThrownBy(() -> pattern("a".repeat(10_001))).hasMessageContaining("has 10001 characters");
        assertThatThrownBy(() -> pattern("a\0b")).hasMessageContaining("U+0000");
        assertThatThrownBy(() -> pattern("(".repeat(9_999))).hasMessageStartingWith("rules.v.pattern: is n");
    }

    /** Whatever is put together of these, it is refused or ends soon; a match that does not would run into the timeout. */
    @Test
    void expressions_put_together_at_random_are_refused_or_end_soon() {
        String[] parts = {
            "a",
            "(?:",
            "(",
            "(?=",
            "(?!",
            "(?>",
            "(?<=",
            ")",
            ")",
            ")",
            "|",
            "*",
            "+",
            "?",
            "{3}",
            "{0,9}",
            "{999}",
            "{99,}",
            "^",
            "$",
            "\\b",
            "\\z",
            "\\1",
            "[ab]",
            ".",
            "(?i)",
            "(?x)",
            " ",
            "\\Qa|b\\E",
            "x"
        };
        Random random = new Random(14);
        int taken = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder regex = new StringBuilder();
            for (int j = 1 + random.nextInt(12); j > 0; j--) {
                regex.append(parts[random.nextInt(parts.length)]);
            }
            SafePattern pattern;
            try {
                pattern = pattern(regex.toString());
            } catch (IllegalArgumentException e) {
                continue;
            }
            taken++;
            long start = System.nanoTime();
            for (String text : List.of("", "a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaab", "ab\nba".repeat(20))) {
                try {
                    assertThat(pattern.matches(text, steps())).hasSizeLessThanOrEqualTo(50);
                } catch (DocumentException e) { // too many steps
                    assertThat(e).hasMessageContaining("too many steps");
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as(regex.toString())
                    .isLessThan(Duration.ofSeconds(10));
        }
        assertThat(taken).isGreaterThan(1_000);
    }

    @Test
    void what_the_class_does_not_know_it_refuses() {
        for (String odd : List.of("(?x)\\Qa\\E", "a\\Q\\E{9}", "(?x)(?<n # >\n>a)")) {
            try {
                Pattern.compile(odd);
            } catch (PatternSyntaxException e) {
                continue;
            }
            assertThatThrownBy(() -> pattern(odd)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
