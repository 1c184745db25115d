package io.batchengine.jdbc;

import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/** SQLite: its one writer has the file to itself, so that nothing needs a lock of its own. */
final class SqliteDialect implements Dialect {
    /** One that makes a column of a key unique has no statement of its own. */
    private static final String INDEXES = "select l.name, l.\"unique\","
            + " (select group_concat(name) from (select name from pragma_index_info(l.name) order by seqno)),"
            + " coalesce(m.sql, '') from pragma_index_list(?) l left join sqlite_master m on m.type = 'index' and m.name = l.name";

    private static final String PRIMARY_KEY =
            "select group_concat(name) from (select name from pragma_table_info(?) where pk > 0 order by pk) having count(*) > 0";

    private final String insertTold;
    private final Leases leases;

    SqliteDialect(Tables tables, LongSupplier ticker) {
        insertTold = "insert into " + tables.file() + "(number, ordinal, outcome, attempts, finished_us, duration_ms,"
                + " job_id, message, checksum) values (?, ?, ?, ?, ?, ?, ?, ?, ?)" + passingOver();
        leases = new SqliteLeases(ticker);
    }

    @Override
    public String name() {
        return "sqlite";
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return session.queryNumber(
                        "select count(*) from sqlite_master where type = 'table' and name = ?",
                        args -> args.text(table))
                > 0;
    }

    @Override
    public List<IndexFacts> indexes(Session session, String table) throws SQLException {
        List<IndexFacts> found = new ArrayList<>(session.query(
                INDEXES,
                args -> args.text(table),
                row -> new IndexFacts(
                        row.text(), row.flag(), IndexFacts.columns(row.text()), IndexFacts.conditionOf(row.text()))));
        session.queryOne(PRIMARY_KEY, args -> args.text(table), ResultRow::text)
                .ifPresent(key -> found.add(new IndexFacts("", true, IndexFacts.columns(key), "")));
        return found;
    }

    @Override
    public boolean isMissingName(SQLException failure) {
        return String.valueOf(failure.getMessage()).matches("(?s).*no such (table|column).*");
    }

    @Override
    public void lockSchema(Session session, Tables tables) {}

    @Override
    public void enterSchema(Session session, Tables tables) {}

    @Override
    public String lockForUpdate() {
        return "";
    }

    @Override
    public String lockForDelete() {
        return "";
    }

    @Override
    public String lockAgainstDelete() {
        return "";
    }

    @Override
    public String lockSkipping() {
        return "";
    }

    @Override
    public String unindexed(String column) {
        return "+" + column;
    }

    @Override
    public boolean appendsRows() {
        return true;
    }

    @Override
    public String reindex() {
        return "reindex ";
    }

    @Override
    public String withoutIndex() {
        return " not indexed";
    }

    @Override
    public String goBy(String index) {
        return " indexed by " + index;
    }

    @Override
    public <T> List<T> lockBatches(Session session, String select, Collection<String> ids, Session.Read<T> read)
            throws SQLException {
        String sql = select + " where id = ?";
        List<T> found = new ArrayList<>(ids.size());
        for (String id : ids) {
            session.queryOne(sql, args -> args.text(id), read).ifPresent(found::add);
        }
        return found;
    }

    /** In the order of the ordinals: the file is as quick as its B-tree is appended to. */
    @Override
    public int insertTold(Session session, List<DetailedOutcome> files) throws SQLException {
        int inserted = 0;
        for (int one : session.updateAll(insertTold, files, (args, told) -> bind(args, told.number(), told.file()))) {
            inserted += one;
        }
        return inserted;
    }

    private static void bind(Args args, long number, SettledFile file) throws SQLException {
        args.begin()
                .number(number)
                .number(file.ordinal())
                .integer(Codes.of(file.outcome()))
                .integer(file.attempts())
                .number(Micros.of(file.finishedAt()))
                .integer(file.durationMillis())
                .text(file.jobId())
                .text(file.message())
                .checksum();
    }

    @Override
    public Leases leases() {
        return leases;
    }
}
