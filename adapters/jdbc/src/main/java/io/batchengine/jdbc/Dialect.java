package io.batchengine.jdbc;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the two databases say differently. */
interface Dialect {
    /** The name of the database, as the schema's files have it. */
    String name();

    /** Whether a table is there. */
    boolean hasTable(Session session, String table) throws SQLException;

    /** The indexes and the primary key of a table. */
    List<IndexFacts> indexes(Session session, String table) throws SQLException;

    /** Whether a statement failed for a table or a column that is not there. */
    boolean isMissingName(SQLException failure);

    /** Keeps any other from making the schema until this transaction ends. */
    void lockSchema(Session session, Tables tables) throws SQLException;

    /** Has what a script of the schema makes stand beside the tables, until this transaction ends. */
    void enterSchema(Session session, Tables tables) throws SQLException;

    /** Behind a query: locks its rows of the table {@code b} against other writers until this transaction ends. */
    String lockForUpdate();

    /** As {@link #lockForUpdate}, also against those that must be sure that the row stays. */
    String lockForDelete();

    /** Behind a query: locks its rows against deletion. */
    String lockAgainstDelete();

    /** As {@link #lockForUpdate}, passing over rows that another has locked. */
    String lockSkipping();

    /** Behind the table of a query: has it go by an index, where the database would not choose it by itself. */
    String goBy(String index);

    /** Behind the table of a query: has it read the rows alone; empty where the database has no such thing. */
    String withoutIndex();

    /** A column of a condition, so that no index serves it. */
    String unindexed(String column);

    /** Whether each new row goes on the page of the one before, so that one page can refuse all of them. */
    boolean appendsRows();

    /** Behind the values of an insert: passes over a row whose key is there. */
    default String passingOver() {
        return " on conflict do nothing";
    }

    /** As {@link #passingOver}, replacing columns of the row that is there. */
    default String replacing(String key, String... columns) {
        return Arrays.stream(columns)
                .map(column -> column + " = excluded." + column)
                .collect(Collectors.joining(", ", " on conflict (" + key + ") do update set ", ""));
    }

    /** Before the name of a table: builds its indexes again from its rows. */
    String reindex();

    /** Locks batches by id in the order of their numbers, and reads what is selected of each. Batches that are not there are passed over. */
    <T> List<T> lockBatches(Session session, String select, Collection<String> ids, Session.Read<T> read)
            throws SQLException;

    /** Inserts files with something to tell, except those that are there; how many, as far as the driver counts. */
    int insertTold(Session session, List<DetailedOutcome> files) throws SQLException;

    /** Which engines are alive, as far as is known. */
    Leases leases();
}
