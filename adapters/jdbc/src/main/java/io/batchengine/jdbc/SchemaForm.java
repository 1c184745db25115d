package io.batchengine.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tables the scripts up to a version lead to, as far as a store asks for it at opening: read from their statements. */
final class SchemaForm {
    private static final Pattern TABLE = Pattern.compile("create table (\\w+)\\(");
    private static final Pattern COLUMN = Pattern.compile("(?m)^  (\\w+) ");
    private static final Pattern ADDED_COLUMN = Pattern.compile("alter table (\\w+) add column (\\w+) ");
    private static final Pattern INDEX = Pattern.compile("create (?:unique )?index \\w+ on (\\w+)");
    private static final Pattern DROPPED_INDEX = Pattern.compile("drop index (\\w+)");
    /** Of several columns, or of the one that begins the line. */
    private static final Pattern KEY =
            Pattern.compile("(?m)^  (?:primary key ?\\(([^)]*)\\)|(\\w+) .*\\b(?:primary key|unique)\\b.*)");

    /** A table. */
    static final class Table {
        final String name;
        final List<String> columns = new ArrayList<>();
        final List<IndexFacts> keys = new ArrayList<>();
        final List<IndexFacts> indexes = new ArrayList<>();

        private Table(String name) {
            this.name = name;
        }
    }

    private final Map<String, Table> tables = new LinkedHashMap<>();

    SchemaForm(List<String> statements) {
        statements.forEach(this::add);
    }

    List<Table> tables() {
        return List.copyOf(tables.values());
    }

    private void add(String statement) {
        Matcher index = INDEX.matcher(statement);
        Matcher table = TABLE.matcher(statement);
        Matcher column = ADDED_COLUMN.matcher(statement);
        Matcher dropped = DROPPED_INDEX.matcher(statement);
        if (index.find()) {
            table(index.group(1)).indexes.add(IndexFacts.ofStatement(statement));
        } else if (table.find()) {
            Table made = table(table.group(1));
            COLUMN.matcher(statement)
                    .results()
                    .map(found -> found.group(1))
                    .filter(word -> !word.equals("primary"))
                    .forEach(made.columns::add);
            KEY.matcher(statement)
                    .results()
                    .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                    .map(columns -> new IndexFacts("", true, IndexFacts.columns(columns), ""))
                    .forEach(made.keys::add);
        } else if (column.find()) {
            table(column.group(1)).columns.add(column.group(2));
        } else if (dropped.find()) {
            tables.values()
                    .forEach(each -> each.indexes.removeIf(one -> one.name().equals(dropped.group(1))));
        }
    }

    private Table table(String name) {
        return tables.computeIfAbsent(name, Table::new);
    }
}
