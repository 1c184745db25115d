package io.batchengine.documents.extract;

import io.batchengine.documents.extract.Rule.Column;
import io.batchengine.documents.extract.Rule.Source;
import io.batchengine.documents.internal.pattern.SafePattern;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Reads the rules of a configuration; an {@link IllegalArgumentException} says what is wrong and where. */
final class RuleReader {
    private static final Set<String> KINDS =
            Set.of("labels", "metadata", "file_name", "constant", "table", "properties");
    private static final int MAX_ALTERNATIVES = 20;

    private RuleReader() {}

    static RuleSet read(JsonNode rules, SchemaShape schema, String place) {
        ConfigurationObject object = ConfigurationObject.of(rules, place);
        Map<String, List<Rule>> properties = new LinkedHashMap<>();
        object.fields().forEach((property, node) -> {
            SchemaShape own = schema.property(property);
            if (own == null) {
                throw object.fault("the schema has no property " + Text.quote(property));
            }
            properties.put(property, alternatives(node, own, object.place(property)));
        });
        return new RuleSet(Collections.unmodifiableMap(properties));
    }

    private static List<Rule> alternatives(JsonNode node, SchemaShape schema, String place) {
        if (!(node instanceof ArrayNode array)) {
            return List.of(rule(ConfigurationObject.of(node, place), schema));
        }
        if (array.isEmpty() || array.size() > MAX_ALTERNATIVES) {
            throw ConfigurationObject.fault(place, Text.format("must have 1 to %d rules", MAX_ALTERNATIVES));
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            rules.add(rule(ConfigurationObject.of(array.get(i), place + "[" + i + "]"), schema));
        }
        return List.copyOf(rules);
    }

    private static Rule rule(ConfigurationObject rule, SchemaShape schema) {
        List<String> kinds = KINDS.stream().filter(rule::has).sorted().toList();
        if (kinds.size() > 1) {
            throw rule.fault(Text.format("has both %s and %s; give it one of them", kinds.get(0), kinds.get(1)));
        }
        String kind = kinds.isEmpty() ? "pattern" : kinds.get(0);
        return switch (kind) {
            case "constant" -> constant(rule.only(Set.of("constant")));
            case "table" -> table(rule.only(Set.of("table", "section")), schema);
            case "properties" -> properties(rule.only(Set.of("properties")), schema);
            case "labels" -> value(rule, kind, new Source.BesideLabels(folded(rule, "labels")), "pattern", "section");
            case "metadata" -> value(rule, kind, new Source.Metadata(rule.text("metadata")), "pattern");
            case "file_name" -> value(rule, kind, new Source.FileName());
            default -> {
                if (!rule.has("pattern")) {
                    throw rule.fault(
                            "must have one of labels, pattern, table, metadata, file_name, constant, properties");
                }
                yield value(rule, kind, new Source.WholeText(), "section");
            }
        };
    }

    private static Rule value(ConfigurationObject rule, String kind, Source source, String... others) {
        Set<String> known = new HashSet<>(ValueTypeReader.FIELDS);
        known.add(kind);
        known.addAll(List.of(others));
        rule.only(known);
        SafePattern pattern = pattern(rule, kind.equals("file_name") ? kind : "pattern");
        return new Rule.Value(source, pattern, folded(rule, "section"), ValueTypeReader.read(rule));
    }

    private static Rule constant(ConfigurationObject rule) {
        JsonNode value = rule.get("constant");
        if (value != null && value.isString()) {
            return new Rule.Constant(rule.text("constant"));
        } else if (value != null && value.isBoolean()) {
            return new Rule.Constant(value.booleanValue());
        } else if (value != null && value.isIntegralNumber()) {
            return new Rule.Constant(value.bigIntegerValue());
        } else if (value != null && value.isNumber()) {
            return new Rule.Constant(value.decimalValue());
        }
        throw ConfigurationObject.fault(rule.place("constant"), "must be a text, a number, true or false");
    }

    private static Rule properties(ConfigurationObject rule, SchemaShape schema) {
        JsonNode rules = Objects.requireNonNull(rule.get("properties"));
        return new Rule.Properties(read(rules, schema, rule.place("properties")));
    }

    private static Rule table(ConfigurationObject rule, SchemaShape schema) {
        ConfigurationObject table = rule.object("table").only(Set.of("columns", "stop_at"));
        ConfigurationObject columns = table.object("columns");
        SchemaShape items = schema.items();
        Map<String, Column> read = new LinkedHashMap<>();
        columns.fields().forEach((property, node) -> {
            if (items.property(property) == null) {
                throw columns.fault(Text.format("the schema has no property %s for the rows", Text.quote(property)));
            }
            read.put(property, column(ConfigurationObject.of(node, columns.place(property))));
        });
        if (read.values().stream().allMatch(Column::optional)) {
            throw columns.fault("must have a column that is not optional, by which the table is found");
        }
        return new Rule.Table(Collections.unmodifiableMap(read), folded(table, "stop_at"), folded(rule, "section"));
    }

    private static Column column(ConfigurationObject column) {
        Set<String> known = new HashSet<>(ValueTypeReader.FIELDS);
        known.addAll(Set.of("headers", "optional", "pattern"));
        column.only(known);
        List<String> headers = folded(column, "headers");
        if (headers.isEmpty()) {
            throw column.fault("must have the field headers: the texts by which the column is found");
        }
        return new Column(headers, column.flag("optional"), pattern(column, "pattern"), ValueTypeReader.read(column));
    }

    private static @Nullable SafePattern pattern(ConfigurationObject rule, String field) {
        return rule.has(field) ? SafePattern.ofLines(rule.text(field), rule.place(field)) : null;
    }

    private static List<String> folded(ConfigurationObject rule, String field) {
        List<String> labels =
                rule.texts(field).stream().map(Folding::label).distinct().toList();
        if (labels.contains("")) {
            throw ConfigurationObject.fault(rule.place(field), "must not hold blank texts");
        }
        return labels;
    }
}
