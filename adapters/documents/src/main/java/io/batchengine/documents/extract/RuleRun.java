package io.batchengine.documents.extract;

import io.batchengine.documents.DocumentException;
import io.batchengine.documents.extract.Finding.Placement;
import io.batchengine.documents.extract.Rule.Source;
import io.batchengine.documents.internal.pattern.Steps;
import io.batchengine.documents.internal.rows.MarkdownRows;
import io.batchengine.documents.internal.rows.Row;
import io.batchengine.model.Text;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One application of a rule set to one document. Not shared between threads. */
final class RuleRun {
    private static final int MAX_TABLE_ROWS = 10_000;

    private final RuleSet rules;
    private final ExtractionRequest request;
    private final BooleanSupplier stopRequested;
    private final Steps steps;
    private final List<Row> rows;
    private final Sections sections;
    private final Map<Rule, List<FoundTable>> tables = new HashMap<>();
    private final Map<String, List<Finding>> findings;
    private final Notations notations;
    private final Map<String, String> problems = new LinkedHashMap<>();

    RuleRun(RuleSet rules, ExtractionRequest request) throws DocumentException {
        this.rules = rules;
        this.request = request;
        this.stopRequested = request.stopRequested();
        this.steps = new Steps(stopRequested);
        this.rows = MarkdownRows.read(request.document().markdown());
        this.sections = new Sections(rows);
        this.notations = new Notations(rows, request.document().numbers());
        rules.all().forEach(rule -> {
            if (rule instanceof Rule.Table table) {
                tables.put(
                        table,
                        new TableFinder(table, WordColumns.split(table, rows), sections.of(table.sections()))
                                .find(stopRequested));
            }
        });
        List<FoundTable> found = tables.values().stream().flatMap(List::stream).toList();
        this.findings = new LabelFinder(rules.labels(), rows)
                .find(row -> found.stream().anyMatch(table -> table.contains(row)), stopRequested);
    }

    /** The properties that were found, with their values. */
    Map<String, Object> values() throws DocumentException {
        var unused = properties(rules, ""); // notes how numbers and dates are written
        problems.clear();
        notations.endNoting();
        Map<String, Object> values = properties(rules, "");
        notations.contradictions().forEach(problems::putIfAbsent);
        return values;
    }

    /** What was found and could not be read, or is doubtful, by path; complete once the values are there. */
    Map<String, String> problems() {
        return problems;
    }

    private Map<String, Object> properties(RuleSet set, String path) throws DocumentException {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, List<Rule>> property : set.properties().entrySet()) {
            String own = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            for (Rule rule : property.getValue()) {
                Optional<Object> value = value(rule, own);
                if (value.isPresent() && !isDoubtful(value)) {
                    values.put(property.getKey(), value.get());
                    problems.remove(own);
                }
                if (value.isPresent()) {
                    break;
                }
            }
        }
        return values;
    }

    private Optional<Object> value(Rule rule, String path) throws DocumentException {
        if (stopRequested.getAsBoolean()) {
            throw DocumentException.stopped();
        }
        if (rule instanceof Rule.Constant constant) {
            return Optional.of(constant.value());
        } else if (rule instanceof Rule.Properties object) {
            Map<String, Object> values = properties(object.rules(), path);
            return values.isEmpty() ? Optional.empty() : Optional.of(values);
        } else if (rule instanceof Rule.Table table) {
            return table(table, path);
        }
        Rule.Value value = (Rule.Value) rule;
        var reading = new Reading(value.pattern(), value.type(), path, notations, steps);
        Optional<Object> read = read(value, reading);
        String problem = reading.problem();
        if (problem != null && isDoubtful(read)) {
            problems.put(path, problem);
        } else if (problem != null && read.isEmpty()) {
            problems.putIfAbsent(path, problem);
        }
        return read;
    }

    private Optional<Object> read(Rule.Value rule, Reading reading) throws DocumentException {
        if (rule.source() instanceof Source.BesideLabels beside) {
            return besideLabels(rule, beside.labels(), reading);
        } else if (rule.source() instanceof Source.Metadata metadata) {
            return first(request.document().metadata().getOrDefault(metadata.name(), List.of()), reading);
        } else if (rule.source() instanceof Source.FileName) {
            String name = request.fileName();
            return reading.read(name.substring(name.lastIndexOf('/') + 1), false);
        }
        return reading.read(text(sections.of(rule.sections())), false);
    }

    private Optional<Object> besideLabels(Rule.Value rule, List<String> labels, Reading reading)
            throws DocumentException {
        BitSet within = sections.of(rule.sections());
        for (Placement placement : Placement.values()) {
            for (String label : labels) {
                for (Finding finding : findings.getOrDefault(label, List.of())) {
                    if (finding.placement() == placement && within.get(finding.row())) {
                        Optional<Object> value = reading.read(finding.text(), placement != Placement.LOOSE);
                        if (value.isPresent()) {
                            return value;
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> first(List<String> texts, Reading reading) throws DocumentException {
        for (String text : texts) {
            Optional<Object> value = reading.read(text, true);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** The document's text, or a part of it: a table row is a line, a bar between its cells. */
    private String text(BitSet within) {
        StringBuilder text = new StringBuilder();
        for (int i = within.nextSetBit(0); i >= 0; i = within.nextSetBit(i + 1)) {
            Row row = rows.get(i);
            text.append(String.join(row.table() ? " | " : "  ", row.cells())).append('\n');
        }
        return text.toString();
    }

    private Optional<Object> table(Rule.Table rule, String path) throws DocumentException {
        List<FoundTable> parts = tables.getOrDefault(rule, List.of());
        List<Object> values = new ArrayList<>();
        for (int at = 0; at < parts.size(); at++) {
            FoundTable part = parts.get(at);
            for (int i = part.header() + 1; i < part.end(); i++) {
                if (stopRequested.getAsBoolean()) {
                    throw DocumentException.stopped();
                }
                tableRow(rule, part, part.rows().get(i), path, values);
                if (values.size() > MAX_TABLE_ROWS) {
                    throw DocumentException.unusable(
                            Text.format("the table for %s has more than %d rows", path, MAX_TABLE_ROWS));
                }
            }
            int next = at + 1 < parts.size()
                    ? parts.get(at + 1).header()
                    : part.rows().size();
            new TableEnd(rule, part)
                    .missing(next)
                    .ifPresent(row -> problems.put(
                            Text.format("%s[%d]", path, values.size()),
                            Text.format(
                                    "may be missing: %s stands below the table and looks like a row of it",
                                    Text.quote(row))));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** Adds a row, unless nothing in it is a value. */
    private void tableRow(Rule.Table rule, FoundTable table, Row row, String path, List<Object> values)
            throws DocumentException {
        Map<String, Object> found = new LinkedHashMap<>();
        boolean doubtful = false;
        for (Map.Entry<String, Rule.Column> column : rule.columns().entrySet()) {
            Integer place = table.columns().get(column.getKey());
            String text = place == null ? "" : FoundTable.cell(row, place);
            if (!text.isEmpty()) {
                var reading = new Reading(
                        column.getValue().pattern(),
                        column.getValue().type(),
                        path + "[]." + column.getKey(),
                        notations,
                        steps);
                Optional<Object> value = reading.read(text, true);
                String problem = reading.problem();
                doubtful |= isDoubtful(value);
                if (value.isPresent() && !isDoubtful(value)) {
                    found.put(column.getKey(), value.get());
                } else if (problem != null) {
                    problems.put(Text.format("%s[%d].%s", path, values.size(), column.getKey()), problem);
                }
            }
        }
        if (doubtful || !found.isEmpty()) {
            values.add(found);
        }
    }

    private static boolean isDoubtful(Optional<Object> value) {
        return value.isPresent() && value.get() == Reading.DOUBTFUL;
    }
}
