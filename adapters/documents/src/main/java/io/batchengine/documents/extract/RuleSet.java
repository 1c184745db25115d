package io.batchengine.documents.extract;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of an object.
 *
 * @param properties property to its rules, in the configuration's order; the first rule that gives a value wins
 */
record RuleSet(Map<String, List<Rule>> properties) {
    /** All rules, those of objects within included. */
    Stream<Rule> all() {
        return properties.values().stream()
                .flatMap(List::stream)
                .flatMap(rule ->
                        rule instanceof Rule.Properties object ? object.rules().all() : Stream.of(rule));
    }

    /** Every label that a rule looks for, folded. */
    Labels labels() {
        return new Labels(all().flatMap(rule ->
                        rule instanceof Rule.Value value && value.source() instanceof Rule.Source.BesideLabels beside
                                ? beside.labels().stream()
                                : Stream.of())
                .toList());
    }
}
