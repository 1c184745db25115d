package io.batchengine.jdbc;

import io.batchengine.model.Text;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The numbers that new batches get. SQLite gives the one after the highest of the table of batches, so that a batch whose row is gone would
 * leave its other rows to the next one. PostgreSQL gives no number twice.
 */
final class NewNumbers {
    /** Which number a new batch gets. */
    enum Place {
        /** The one that the database gives. */
        NEXT,
        /** One below those of all batches, where the place of the next one is damaged; SQLite alone. */
        BELOW_ALL,
        /** One above each that any table names; SQLite alone. */
        UNNAMED
    }

    /** Rows name the number of a new batch already. */
    static final class Named extends RuntimeException {
        private static final long serialVersionUID = 1;

        Named(long number, List<String> tables) {
            super(
                    Text.format(
                            "rows of %s are of a batch with the number %d or a higher one, whose row is missing: that batch is lost, and new batches get"
                                    + " other numbers; check the disk, then restore a backup",
                            String.join(", ", tables), number),
                    null,
                    false,
                    false);
        }
    }

    private final boolean checks;
    private final String belowAll;
    private final String unnamed;
    private final String naming;
    private final String namingAny; // from a number on
    private final int namingTables;
    /** Above it no table names any: only this store makes batches. Guarded by the one writer of SQLite. */
    private volatile long known = Long.MAX_VALUE;

    NewNumbers(Tables tables, Dialect dialect) {
        checks = dialect.appendsRows();
        List<String> others =
                List.of(tables.snapshot(), tables.page(), tables.success(), tables.file(), tables.delayed());
        belowAll = "min(0, coalesce((select number from " + tables.batch() + " order by number limit 1), 0)) - 1";
        unnamed = Stream.concat(Stream.of(tables.batch()), others.stream())
                .map(table -> "coalesce((select max(number) from " + table + "), 0)")
                .collect(Collectors.joining(", ", "max(", ") + 1"));
        naming = naming(others, " = ?");
        namingAny = naming(others, " >= ?");
        namingTables = others.size();
    }

    private static String naming(List<String> tables, String condition) {
        return tables.stream()
                .map(table -> "select '" + table + "' where exists (select 1 from " + table + " where number"
                        + condition + ")")
                .collect(Collectors.joining(" union all "));
    }

    /** The expression of the number; empty where the database gives it by itself. */
    String expression(Place place) {
        return switch (place) {
            case NEXT -> "";
            case BELOW_ALL -> belowAll;
            case UNNAMED -> unnamed;
        };
    }

    /** Before other rows of a new batch are written. Numbers that follow one another are looked at once. */
    void requireUnnamed(Session session, long number) throws SQLException {
        if (!checks || (number > 0 && number - 1 == known)) {
            known = number;
            return;
        }
        List<String> found = session.query(
                number > 0 ? namingAny : naming,
                args -> {
                    for (int i = 0; i < namingTables; i++) {
                        args.number(number);
                    }
                },
                ResultRow::text);
        if (!found.isEmpty()) {
            throw new Named(number, found);
        }
        known = number > 0 ? number : known;
    }
}
