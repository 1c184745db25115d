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
import org.jspecify.annotations.Nullable;

/** The tables: made on first use, brought to this version's form by numbered scripts, and refused where they are newer. */
final class Schema {
    static final int VERSION = 1;
    private static final Pattern TABLE = Pattern.compile("create table (\\w+)\\(");
    private static final Pattern COLUMN = Pattern.compile("(?m)^  (\\w+) ");
    private static final Pattern INDEX = Pattern.compile("create (?:unique )?index \\w+ on (\\w+)");
    /** Of several columns, or of the one that begins the line. */
    private static final Pattern KEY =
            Pattern.compile("(?m)^  (?:primary key ?\\(([^)]*)\\)|(\\w+) .*\\b(?:primary key|unique)\\b.*)");

    private static final String NO_VALUE = "none";
    /** Of SQLite, which the store makes together with the first mark. */
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
                require(session, statement);
            }
        }
        return current;
    }

    private void require(Session session, String statement) throws SQLException {
        Matcher table = TABLE.matcher(statement);
        Matcher index = INDEX.matcher(statement);
        if (index.find()) {
            requireIndex(session, index.group(1), IndexFacts.ofStatement(statement));
        } else if (table.find()) {
            boolean madeLater = table.group(1).equals(tables.prefix() + MADE_LATER);
            if (!madeLater || isMarked(session)) {
                requireColumns(session, table.group(1), statement);
                requireKeys(session, table.group(1), statement);
            }
        }
    }

    /** Whether there is a mark, which is written together with its copy. */
    private boolean isMarked(Session session) throws SQLException {
        return !value(session, StoreMark.KEY).equals(NO_VALUE);
    }

    /** Without it an index that keeps rows apart would let them in twice, and any other would make each call slow. */
    private void requireIndex(Session session, String table, IndexFacts wanted) throws SQLException {
        for (IndexFacts found : dialect.indexes(session, tables.named(table))) {
            if (found.name().equals(wanted.name())) {
                if (wanted.unique() && !found.isUniqueAs(wanted)) {
                    throw incomplete(
                            table,
                            Text.format(
                                    "the index %s does not keep rows apart by (%s)",
                                    wanted.name(), String.join(", ", wanted.columns())),
                            null);
                }
                return;
            }
        }
        throw incomplete(table, Text.format("the index %s is missing", wanted.name()), null);
    }

    private void requireKeys(Session session, String table, String statement) throws SQLException {
        List<IndexFacts> found = dialect.indexes(session, tables.named(table));
        List<IndexFacts> wanted = KEY.matcher(statement)
                .results()
                .map(key -> key.group(1) == null ? key.group(2) : key.group(1))
                .map(columns -> new IndexFacts("", true, IndexFacts.columns(columns), ""))
                .toList();
        for (IndexFacts key : wanted) {
            if (found.stream().noneMatch(one -> one.isUniqueAs(key))) {
                throw incomplete(
                        table, Text.format("no key keeps rows apart by (%s)", String.join(", ", key.columns())), null);
            }
        }
    }

    /** A table that lacks a column would show it when jobs have run: at the first commit. */
    private void requireColumns(Session session, String table, String statement) throws SQLException {
        List<String> columns = COLUMN.matcher(statement)
                .results()
                .map(column -> column.group(1))
                .filter(word -> !word.equals("primary"))
                .toList();
        try {
            session.query(
                    Text.format("select %s from %s where 1 = 0", String.join(", ", columns), tables.named(table)),
                    Session.NOTHING,
                    row -> "");
        } catch (SQLException failure) {
            if (dialect.isMissingName(failure)) {
                throw incomplete(table, String.valueOf(Text.describe(failure)), failure);
            }
            throw failure;
        }
    }

    private BatchEngineException incomplete(String table, String what, @Nullable SQLException failure) {
        String message = Text.format(
                "the table %s is not as %s makes it (%s): add what is missing as it stands there, or restore a backup",
                table, resource(VERSION), what);
        return failure == null
                ? BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message)
                : BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message, failure);
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
                .orElse(NO_VALUE);
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
