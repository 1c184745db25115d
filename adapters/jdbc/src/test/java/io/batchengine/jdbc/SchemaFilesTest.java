package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of the two databases say the same, except for types; each says which draft it is. */
class SchemaFilesTest {
    private static final SchemaScripts SCRIPTS = SchemaScripts.OF_THE_JAR;

    private static Map<String, SchemaForm.Table> tables(String database) {
        Map<String, SchemaForm.Table> tables = new TreeMap<>();
        for (SchemaForm.Table table : new SchemaForm(SCRIPTS.statements(database, 1, "p_")).tables()) {
            tables.put(table.name, table);
        }
        return tables;
    }

    @Test
    void both_databases_have_the_same_tables_columns_keys_and_indexes() {
        Map<String, SchemaForm.Table> sqlite = tables("sqlite");
        Map<String, SchemaForm.Table> postgres = tables("postgresql");
        assertThat(sqlite.remove("p_mark"))
                .as("the copy of a SQLite file's mark")
                .isNotNull();
        assertThat(postgres.remove("p_owner"))
                .as("the leases of several engines")
                .isNotNull();
        assertThat(sqlite).hasSizeGreaterThan(5).containsOnlyKeys(postgres.keySet());
        sqlite.forEach((name, table) -> {
            SchemaForm.Table other = requireNonNull(postgres.get(name));
            assertThat(table.columns).as(name).isEqualTo(other.columns);
            assertThat(table.keys).as(name).isEqualTo(other.keys);
            assertThat(table.indexes).as(name).isEqualTo(other.indexes);
        });
    }

    /** Whoever changes a script of version 1 changes its draft too. */
    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void the_draft_is_the_checksum_of_the_statements(String database) {
        List<String> statements = SCRIPTS.statements(database, 1, "${prefix}");
        CRC32C sum = new CRC32C();
        statements
                .subList(0, statements.size() - 1)
                .forEach(statement -> sum.update(statement.getBytes(StandardCharsets.UTF_8)));
        assertThat(SCRIPTS.draft(database)).isEqualTo(Text.format("%08x", sum.getValue()));
    }
}
