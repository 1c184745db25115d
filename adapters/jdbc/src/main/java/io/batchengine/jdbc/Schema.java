package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables: made on first use, brought to this version's form by numbered scripts, and refused where they are newer. */
final class Schema {
    static final int VERSION = 1;
    private static final Pattern TABLE = Pattern.compile("create table (\\w+)\\(");
    private static final Pattern COLUMN = Pattern.compile("(?m)^  (\\w+) ");
    /** Of SQLite, which the store makes where it is missing. */
    private static final String MADE_LATER = "mark";

    private final Tables tables;
    private final Dialect dialect;

    Schema(Tables tables, Dialect dialect) {
        this.tables = tables;
        this.dialect = dialect;
    }

    /** Whether all is there as it must be; false where a script must run. */
    boolean isCurrent(Session session) throws SQLException {
        OptionalInt found = version(session);
        if (found.isPresent() && found.getAsInt() > VERSION) {
            throw BatchEngineException.of(
                    ErrorCode.STORE_UNAVAILABLE,
                    Text.format(
                            "the tables %s* have schema version %d; this version of Batch Engine knows up to %d: update it",
                            tables.prefix(), found.getAsInt(), VERSION));
        }
        boolean current = found.isPresent() && found.getAsInt() == VERSION;
        if (current) {
            for (String statement : statements(VERSION)) {
                requireColumns(session, statement);
            }
        }
        return current;
    }

    /** A table that lacks a column would show it when jobs have run: at the first commit. */
    private void requireColumns(Session session, String statement) throws SQLException {
        Matcher table = TABLE.matcher(statement);
        if (!table.find() || table.group(1).equals(tables.prefix() + MADE_LATER)) {
            return;
        }
        List<String> columns = COLUMN.matcher(statement)
                .results()
                .map(column -> column.group(1))
                .filter(word -> !word.equals("primary"))
                .toList();
        try {
            session.query(
                    Text.format(
                            "select %s from %s where 1 = 0", String.join(", ", columns), tables.named(table.group(1))),
                    Session.NOTHING,
                    row -> "");
        } catch (SQLException failure) {
            if (dialect.isMissingName(failure)) {
                throw incomplete(table.group(1), failure);
            }
            throw failure;
        }
    }

    private BatchEngineException incomplete(String table, SQLException failure) {
        return BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "the table %s is not as %s makes it (%s): add what is missing as it stands there, or restore a backup",
                        table, resource(VERSION), Text.describe(failure)));
    }

    /** Runs the scripts that are missing, in the transaction that it is called in. */
    void create(Session session) throws SQLException {
        dialect.lockSchema(session, tables);
        if (isCurrent(session)) {
            return; // another has made it meanwhile
        }
        dialect.enterSchema(session, tables);
        for (int next = version(session).orElse(0) + 1; next <= VERSION; next++) {
            for (String statement : statements(next)) {
                session.execute(statement);
            }
        }
    }

    BatchEngineException missing(String store) {
        return BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "%s has no tables %s* of schema version %d: open it once with createSchema and not readOnly, or run %s",
                        store, tables.prefix(), VERSION, resource(VERSION)));
    }

    private OptionalInt version(Session session) throws SQLException {
        if (!dialect.hasTable(session, tables.meta())) {
            return OptionalInt.empty();
        }
        String version = value(session, "schema");
        String again = value(session, "schema_again");
        try {
            if (version.equals(again)) {
                return OptionalInt.of(Integer.parseInt(version));
            }
        } catch (NumberFormatException noVersion) {
            // Told below.
        }
        throw Failures.corrupt(Text.format(
                "the table %s tells %s and %s for the schema's version: it is not Batch Engine's, or it is damaged; restore a backup",
                tables.meta(), Text.quote(version), Text.quote(again)));
    }

    private String value(Session session, String key) throws SQLException {
        return session.queryOne("select v from " + tables.meta() + " where k = ?", args -> args.text(key), Row::text)
                .orElse("none");
    }

    private String resource(int version) {
        return Text.format("schema/%s-%d.sql", dialect.name(), version);
    }

    private List<String> statements(int version) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (String line : read(resource(version)).lines().toList()) {
            if (line.isBlank() || line.startsWith("--")) {
                continue;
            }
            statement.append(line).append('\n');
            if (line.endsWith(";")) {
                statements.add(statement.toString().replace("${prefix}", tables.prefix()));
                statement.setLength(0);
            }
        }
        return statements;
    }

    private static String read(String resource) {
        try (InputStream in = Schema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
