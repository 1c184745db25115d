package io.batchengine.jdbc;

import org.jspecify.annotations.Nullable;

/**
 * The names of the tables.
 *
 * @param prefix what each begins with; checked, so that it may stand in SQL
 * @param schema the schema that each name is told with, or null. DetailedOutcome, so that no table of another schema is taken for one of ours where a
 *     connection comes with another search path
 */
record Tables(String prefix, @Nullable String schema) {
    Tables(String prefix) {
        this(prefix, null);
    }

    Tables in(@Nullable String other) {
        return new Tables(prefix, other);
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String table(String name) {
        return named(prefix + name);
    }

    /** A table by its whole name. */
    String named(String table) {
        return schema == null ? table : quoted(schema) + "." + table;
    }

    String meta() {
        return table("meta");
    }

    /** Of SQLite alone. */
    String mark() {
        return table("mark");
    }

    String owner() {
        return table("owner");
    }

    String batch() {
        return table("batch");
    }

    String snapshot() {
        return table("snapshot");
    }

    String page() {
        return table("page");
    }

    String success() {
        return table("success");
    }

    String file() {
        return table("file");
    }

    String delayed() {
        return table("delayed");
    }
}
