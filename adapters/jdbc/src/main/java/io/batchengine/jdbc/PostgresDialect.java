package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Numbered;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** PostgreSQL: rows are locked in the order of their numbers, and settled files are copied. */
final class PostgresDialect implements Dialect {
    private final PostgresSettling settling;
    private final Leases leases;

    PostgresDialect(Tables tables, Leases leases) {
        settling = new PostgresSettling(tables);
        this.leases = leases;
    }

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public boolean hasTable(Session session, String table) throws SQLException {
        return session.queryNumber("select count(*) from pg_class where oid = to_regclass(?)", args -> args.text(table))
                > 0;
    }

    @Override
    public void lockSchema(Session session, Tables tables) throws SQLException {
        long key = Digests.lockKey("schema " + tables.prefix());
        session.query("select pg_advisory_xact_lock(?)", args -> args.number(key), row -> true);
    }

    @Override
    public String lockForUpdate() {
        return " for no key update of b";
    }

    @Override
    public String lockForDelete() {
        return " for update of b";
    }

    @Override
    public String lockAgainstDelete() {
        return " for key share of b";
    }

    @Override
    public String lockSkipping() {
        return " for update of b skip locked";
    }

    @Override
    public String goBy(String index) {
        return "";
    }

    @Override
    public List<Numbered> lockStates(Session session, BatchRows rows, Collection<String> ids) throws SQLException {
        Object[] texts = ids.stream().map(StoredText::encode).toArray();
        String sql = rows.selectState() + " where id = any(?) and hidden = 0 order by number for no key update";
        return session.query(
                sql, args -> args.object(session.connection().createArrayOf("text", texts)), BatchRows::readState);
    }

    @Override
    public void insertSettled(Session session, List<CommitWriter.Accepted> commits) throws SQLException {
        settling.write(session, commits);
    }

    @Override
    public Leases leases() {
        return leases;
    }
}
