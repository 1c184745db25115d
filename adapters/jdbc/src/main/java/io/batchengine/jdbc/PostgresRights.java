package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the user may do what the store will, so that nothing is found missing when all jobs have run. Asked with one query. */
final class PostgresRights {
    /** A table with a name of ours, and what the user may do with it. */
    private record Seen(
            String schema, String name, boolean visible, boolean reachable, boolean filtered, Set<String> granted) {}

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final List<String> RIGHTS = List.of("select", "insert", "update", "delete");

    private final String store;
    private final Settings settings;
    private final ServerFacts facts;
    private final List<String> names; // of the tables; the first tells the version

    PostgresRights(String store, Settings settings, ServerFacts facts) {
        this.store = store;
        this.settings = settings;
        this.facts = facts;
        Tables plain = new Tables(settings.tables().prefix());
        names = List.of(
                plain.meta(),
                plain.owner(),
                plain.batch(),
                plain.snapshot(),
                plain.page(),
                plain.success(),
                plain.file(),
                plain.delayed());
    }

    /**
     * The schema that the tables are in, or are to be made in; null where they are missing and are not to be made.
     *
     * @throws BatchEngineException where a right is missing, with what to grant
     */
    @Nullable
    String schema(Session session) throws SQLException {
        List<Seen> seen = session.query(sql(), args -> args.texts(names), this::read);
        for (Seen table : seen) {
            if (table.visible && table.name.equals(names.get(0))) {
                requireRights(table.schema, seen);
                requireAllRows(table.schema, seen);
                requireLocks(session);
                return table.schema;
            }
        }
        requireReachable(seen);
        if (settings.createSchema() && !settings.readOnly()) {
            requireCreation();
        }
        return facts.schema();
    }

    private String sql() {
        return "select n.nspname::text, c.relname::text, pg_table_is_visible(c.oid)::integer,"
                + " has_schema_privilege(n.oid, 'usage')::integer, row_security_active(c.oid)::integer"
                + RIGHTS.stream()
                        .map(right -> ", has_table_privilege(c.oid, '" + right + "')::integer")
                        .collect(Collectors.joining())
                + " from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
                + " and c.relname in (" + Args.marks(names.size()) + ") order by 1, 2";
    }

    private Seen read(ResultRow row) throws SQLException {
        String schema = row.text();
        String name = row.text();
        boolean visible = row.flag();
        boolean reachable = row.flag();
        boolean filtered = row.flag();
        Set<String> granted = new TreeSet<>();
        for (String right : RIGHTS) {
            if (row.flag()) {
                granted.add(right);
            }
        }
        return new Seen(schema, name, visible, reachable, filtered, granted);
    }

    private void requireRights(String schema, List<Seen> seen) {
        Set<String> missing = new TreeSet<>(names);
        Set<String> lacking = new TreeSet<>();
        Set<String> rights = new TreeSet<>();
        for (Seen table : seen) {
            if (table.schema.equals(schema)) {
                missing.remove(table.name);
                List<String> lacks = needed(table).stream()
                        .filter(right -> !table.granted.contains(right))
                        .toList();
                rights.addAll(lacks);
                if (!lacks.isEmpty()) {
                    lacking.add(quoted(schema) + "." + table.name);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw refused(Text.format(
                    "the tables %s are missing in the schema %s, and others of the store are there; restore them from a backup",
                    String.join(", ", missing), quoted(schema)));
        }
        if (!lacking.isEmpty()) {
            throw refused(Text.format(
                    "the user %s lacks rights that the store needs; run: grant %s on %s to %s",
                    quoted(facts.user()), String.join(", ", rights), String.join(", ", lacking), quoted(facts.user())));
        }
    }

    /** Policies of row level security hide rows, and a store without some of its rows looks damaged. */
    private void requireAllRows(String schema, List<Seen> seen) {
        List<String> filtered = seen.stream()
                .filter(table -> table.schema.equals(schema) && table.filtered)
                .map(table -> quoted(schema) + "." + table.name)
                .toList();
        if (!filtered.isEmpty()) {
            throw refused(Text.format(
                    "row level security hides rows of %s from the user %s; have a superuser run: alter user %s bypassrls",
                    String.join(", ", filtered), quoted(facts.user()), quoted(facts.user())));
        }
    }

    private void requireLocks(Session session) throws SQLException {
        if (!settings.ownerLocks() || settings.readOnly()) {
            return;
        }
        List<String> missing = session.query(
                "select f from unnest(array['pg_try_advisory_lock(bigint)', 'pg_advisory_unlock(bigint)',"
                        + " 'pg_try_advisory_xact_lock_shared(bigint)']) f where not has_function_privilege(f, 'execute')",
                args -> {},
                ResultRow::text);
        if (!missing.isEmpty()) {
            throw refused(Text.format(
                    "the user %s may not take the locks that tell that its engines live; run: grant execute on function %s to %s;"
                            + " or do without them: ownerLocks(false)",
                    quoted(facts.user()), String.join(", ", missing), quoted(facts.user())));
        }
    }

    private List<String> needed(Seen table) {
        boolean onlyRead = settings.readOnly() || table.name.equals(names.get(0));
        return onlyRead ? RIGHTS.subList(0, 1) : RIGHTS;
    }

    /** Tables in a schema whose use is not granted are passed over by the server as if they were not there. */
    private void requireReachable(List<Seen> seen) {
        boolean creates = settings.createSchema() && !settings.readOnly();
        List<String> path = Arrays.stream(facts.searchPath().split(",", -1))
                .map(part -> part.strip().replace("\"", "").replace("$user", facts.user()))
                .toList();
        for (Seen table : seen) {
            if (table.name.equals(names.get(0))) {
                boolean onPath = path.contains(table.schema);
                if (onPath && !table.reachable) {
                    throw refused(Text.format(
                            "the user %s may not use the schema %s, which its tables are in; run: grant usage on schema %s to %s",
                            quoted(facts.user()), quoted(table.schema), quoted(table.schema), quoted(facts.user())));
                }
                if (!onPath && !creates) {
                    throw refused(Text.format(
                            "there are tables %s* in the schema %s, which is not in the search path (%s); add currentSchema=%s to the url%s",
                            settings.tables().prefix(),
                            quoted(table.schema),
                            searchPath(),
                            table.schema,
                            table.reachable
                                    ? ""
                                    : " and run: grant usage on schema " + quoted(table.schema) + " to "
                                            + quoted(facts.user())));
                }
            }
        }
    }

    private void requireCreation() {
        String schema = facts.schema();
        if (schema == null) {
            throw refused(Text.format(
                    "its tables are missing, and the search path (%s) names no schema that exists and that the user %s may use; create"
                            + " one (create schema NAME authorization %s) and add currentSchema=NAME to the url",
                    searchPath(), quoted(facts.user()), quoted(facts.user())));
        }
        if (!facts.mayCreate()) {
            throw refused(Text.format(
                    "its tables are missing, and the user %s may not create any in the schema %s; run: grant create on schema %s to %s;"
                            + " or have its owner run schema/postgresql-1.sql of the library's jar and grant select, insert, update,"
                            + " delete on the tables",
                    quoted(facts.user()), quoted(schema), quoted(schema), quoted(facts.user())));
        }
    }

    /** As the server writes it, which is two quotes for an empty one. */
    private String searchPath() {
        return facts.searchPath().replace("\"", "").isBlank() ? "empty" : Text.printable(facts.searchPath());
    }

    private BatchEngineException refused(String why) {
        return BatchEngineException.of(ErrorCode.STORE_UNAVAILABLE, store + " can't be opened: " + why);
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() ? name : Tables.quoted(Text.printable(name));
    }
}
