package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Text;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scripts of all databases say the same, except for types; each says which draft it is. */
class SchemaFilesTest {
    private static final SchemaScripts SCRIPTS = SchemaScripts.OF_THE_JAR;
    private static final String FIRST = "-1.sql";

    /** The tables that one database has and the others lack. */
    private static final Map<String, String> EXTRA = Map.of(
            "sqlite", "p_mark", // the copy of a file's mark
            "postgresql", "p_owner"); // the leases of several engines

    /** Found by their files, so that nobody can add a database and forget it here. */
    static List<String> databases() throws IOException, URISyntaxException {
        Path sqlite = Path.of(requireNonNull(SchemaScripts.class.getResource("schema/sqlite" + FIRST))
                .toURI());
        try (Stream<Path> scripts = Files.list(requireNonNull(sqlite.getParent()))) {
            return scripts.map(script -> String.valueOf(script.getFileName()))
                    .filter(name -> name.endsWith(FIRST))
                    .map(name -> name.substring(0, name.length() - FIRST.length()))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, SchemaForm.Table> tables(String database) {
        Map<String, SchemaForm.Table> tables = new TreeMap<>();
        for (SchemaForm.Table table : new SchemaForm(SCRIPTS.statements(database, 1, "p_")).tables()) {
            tables.put(table.name, table);
        }
        String extra = EXTRA.get(database);
        if (extra != null) {
            assertThat(tables.remove(extra)).as(extra).isNotNull();
        }
        return tables;
    }

    @Test
    void every_database_is_found() throws Exception {
        assertThat(databases()).containsAll(EXTRA.keySet());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void all_databases_have_the_same_tables_columns_keys_and_indexes(String database) {
        Map<String, SchemaForm.Table> sqlite = tables("sqlite");
        Map<String, SchemaForm.Table> others = tables(database);
        assertThat(others).hasSizeGreaterThan(5).containsOnlyKeys(sqlite.keySet());
        sqlite.forEach((name, table) -> {
            SchemaForm.Table other = requireNonNull(others.get(name));
            assertThat(other.columns).as(name).isEqualTo(table.columns);
            assertThat(other.keys).as(name).isEqualTo(table.keys);
            assertThat(other.indexes).as(name).isEqualTo(table.indexes);
        });
    }

    /** Whoever changes a script of version 1 changes its draft too. */
    @ParameterizedTest
    @MethodSource("databases")
    void the_draft_is_the_checksum_of_the_statements(String database) {
        List<String> statements = SCRIPTS.statements(database, 1, "${prefix}");
        CRC32C sum = new CRC32C();
        statements
                .subList(0, statements.size() - 1)
                .forEach(statement -> sum.update(statement.getBytes(StandardCharsets.UTF_8)));
        assertThat(SCRIPTS.draft(database)).isEqualTo(Text.format("%08x", sum.getValue()));
    }
}
