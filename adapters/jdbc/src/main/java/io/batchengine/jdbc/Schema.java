package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The tables: made on first use, brought to this version's form by numbered scripts, one transaction each, and refused where they are newer,
 * of another draft, or lack something.
 */
final class Schema {
    private static final String NO_VALUE = "none";
    /** Of SQLite, which the store makes together with the first mark. */
    private static final String MADE_LATER = "mark";

    private final Tables tables;
    private final Dialect dialect;
    private final SchemaScripts scripts;

    Schema(Tables tables, Dialect dialect, SchemaScripts scripts) {
        this.tables = tables;
        this.dialect = dialect;
        this.scripts = scripts;
    }

    /** Whether all is there as it must be; false where a script must run. */
    boolean isCurrent(Session session) throws SQLException {
        OptionalInt found = version(session);
        if (found.isEmpty()) {
            return false;
        }
        if (found.getAsInt() > scripts.version()) {
            throw BatchEngineException.of(
                    ErrorCode.STORE_UNAVAILABLE,
                    Text.format(
                            "the tables %s* have schema version %d; this version of Batch Engine knows up to %d: update it",
                            tables.prefix(), found.getAsInt(), scripts.version()));
        }
        requireDraft(session);
        boolean current = found.getAsInt() == scripts.version();
        if (current) {
            List<String> statements = new ArrayList<>();
            for (int version = 1; version <= scripts.version(); version++) {
                statements.addAll(statements(version));
            }
            for (SchemaForm.Table table : new SchemaForm(statements).tables()) {
                require(session, table);
            }
        }
        return current;
    }

    /** Tables of another draft have the same number, and another form: they might be opened by chance. */
    private void requireDraft(Session session) throws SQLException {
        String found = value(session, "draft");
        String wanted = scripts.draft(dialect.name());
        if (!found.equals(wanted)) {
            throw BatchEngineException.of(
                    ErrorCode.STORE_UNAVAILABLE,
                    Text.format(
                            "the tables %s* are of draft %s of schema version 1, which was not released; this version of Batch Engine has"
                                    + " draft %s: finish their batches with the version that made them, then use another file or table prefix",
                            tables.prefix(), Text.quote(found), wanted));
        }
    }

    private void require(Session session, SchemaForm.Table table) throws SQLException {
        boolean madeLater = table.name.equals(tables.prefix() + MADE_LATER);
        if (!madeLater || isMarked(session)) {
            requireColumns(session, table);
            requireKeys(session, table);
        }
    }

    /** Whether there is a mark, which is written together with its copy. */
    private boolean isMarked(Session session) throws SQLException {
        return !value(session, StoreMark.KEY).equals(NO_VALUE);
    }

    /** Without it an index that keeps rows apart would let them in twice, and any other would make each call slow. */
    private void requireKeys(Session session, SchemaForm.Table table) throws SQLException {
        List<IndexFacts> found = dialect.indexes(session, tables.named(table.name));
        for (IndexFacts key : table.keys) {
            if (found.stream().noneMatch(one -> one.isUniqueAs(key))) {
                throw incomplete(
                        table, Text.format("no key keeps rows apart by (%s)", String.join(", ", key.columns())), null);
            }
        }
        for (IndexFacts wanted : table.indexes) {
            IndexFacts index = found.stream()
                    .filter(one -> one.name().equals(wanted.name()))
                    .findFirst()
                    .orElseThrow(() -> incomplete(table, Text.format("the index %s is missing", wanted.name()), null));
            if (wanted.unique() && !index.isUniqueAs(wanted)) {
                throw incomplete(
                        table,
                        Text.format(
                                "the index %s does not keep rows apart by (%s)",
                                wanted.name(), String.join(", ", wanted.columns())),
                        null);
            }
        }
    }

    /** A table that lacks a column would show it when jobs have run: at the first commit. */
    private void requireColumns(Session session, SchemaForm.Table table) throws SQLException {
        try {
            session.query(
                    Text.format(
                            "select %s from %s where 1 = 0",
                            String.join(", ", table.columns), tables.named(table.name)),
                    Session.NOTHING,
                    row -> "");
        } catch (SQLException failure) {
            if (dialect.isMissingName(failure)) {
                throw incomplete(table, String.valueOf(Text.describe(failure)), failure);
            }
            throw failure;
        }
    }

    private BatchEngineException incomplete(SchemaForm.Table table, String what, @Nullable SQLException failure) {
        String message = Text.format(
                "the table %s is not as %s makes it (%s): add what is missing as it stands there, or restore a backup",
                table.name, SchemaScripts.name(dialect.name(), scripts.version()), what);
        return failure == null
                ? BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message)
                : BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, message, failure);
    }

    /**
     * Runs the script that is next, in the transaction that it is called in: so each step is done or undone as a whole, whenever the process
     * ends.
     *
     * @return whether there was one to run
     */
    boolean step(Session session) throws SQLException {
        dialect.lockSchema(session, tables);
        if (isCurrent(session)) {
            return false; // another has made it meanwhile
        }
        dialect.enterSchema(session, tables);
        int next = version(session).orElse(0) + 1;
        for (String statement : statements(next)) {
            session.execute(statement);
        }
        if (version(session).orElse(0) != next) {
            throw new IllegalStateException(SchemaScripts.name(dialect.name(), next) + " does not write its version");
        }
        return true;
    }

    BatchEngineException missing(String store) {
        return BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "%s has no tables %s* of schema version %d: open it once with createSchema and not readOnly, or run %s",
                        store,
                        tables.prefix(),
                        scripts.version(),
                        SchemaScripts.name(dialect.name(), scripts.version())));
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
            // DetailedOutcome below.
        }
        throw Failures.corrupt(Text.format(
                "the table %s tells %s and %s for the schema's version: it is not Batch Engine's, or it is damaged; restore a backup",
                tables.meta(), Text.quote(version), Text.quote(again)));
    }

    private String value(Session session, String key) throws SQLException {
        return session.queryOne(
                        "select v from " + tables.meta() + " where k = ?", args -> args.text(key), ResultRow::text)
                .orElse(NO_VALUE);
    }

    private List<String> statements(int version) {
        return scripts.statements(dialect.name(), version, tables.prefix());
    }
}
