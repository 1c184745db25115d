package io.batchengine.jdbc;

import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: rows are locked in the order of their numbers, and inserted by one statement a table. */
final class PostgresDialect implements Dialect {
    private static final String UNIQUE_VIOLATION = "23505";
    /** Of a column and of a table. */
    private static final Set<String> UNDEFINED = Set.of("42703", "42P01");
    /** From so many rows on a savepoint costs less than passing over: the server inserts each row on probation then, at twice the cost. */
    private static final int MANY = 16;

    /** One that was built in vain keeps nothing apart. */
    private static final String INDEXES = "select c.relname::text, (x.indisunique and x.indisvalid)::int,"
            + " array_to_string(array(select a.attname::text from unnest(x.indkey) with ordinality k(attnum, place)"
            + " join pg_attribute a on a.attrelid = x.indrelid and a.attnum = k.attnum where k.place <= x.indnkeyatts"
            + " order by k.place), ','), coalesce(pg_get_expr(x.indpred, x.indrelid), '')"
            + " from pg_index x join pg_class c on c.oid = x.indexrelid where x.indrelid = to_regclass(?)";

    private final String insertTold;
    private final Leases leases;

    PostgresDialect(Tables tables, Leases leases) {
        insertTold = "insert into " + tables.file() + "(number, ordinal, outcome, attempts, finished_us, duration_ms,"
                + " job_id, message, checksum) select * from unnest(?::bigint[], ?::bigint[], ?::smallint[], ?::integer[],"
                + " ?::bigint[], ?::integer[], ?::text[], ?::text[], ?::integer[])";
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
    public List<IndexFacts> indexes(Session session, String table) throws SQLException {
        return session.query(
                INDEXES,
                args -> args.text(table),
                row -> new IndexFacts(
                        row.text(), row.flag(), IndexFacts.columns(row.text()), IndexFacts.plain(row.text())));
    }

    @Override
    public boolean isMissingName(SQLException failure) {
        return UNDEFINED.contains(String.valueOf(failure.getSQLState()));
    }

    @Override
    public void lockSchema(Session session, Tables tables) throws SQLException {
        long key = Digests.lockKey("schema " + tables.prefix());
        session.query("select pg_advisory_xact_lock(?)", args -> args.number(key), row -> true);
    }

    @Override
    public void enterSchema(Session session, Tables tables) throws SQLException {
        if (tables.schema() != null) {
            session.execute("set local search_path to " + Tables.quoted(tables.schema()));
        }
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
    public String unindexed(String column) {
        return column + " || ''";
    }

    @Override
    public boolean appendsRows() {
        return false;
    }

    @Override
    public String reindex() {
        return "reindex table ";
    }

    @Override
    public String withoutIndex() {
        return "";
    }

    @Override
    public String goBy(String index) {
        return "";
    }

    @Override
    public <T> List<T> lockBatches(Session session, String select, Collection<String> ids, Session.Read<T> read)
            throws SQLException {
        Object[] texts = ids.stream().map(StoredText::encode).toArray();
        String sql = select + " where id = any(?) order by number for no key update";
        return session.query(sql, args -> args.object(session.connection().createArrayOf("text", texts)), read);
    }

    @Override
    public int insertTold(Session session, List<DetailedOutcome> files) throws SQLException {
        if (files.isEmpty()) {
            return 0;
        }
        Columns columns = new Columns(files);
        if (files.size() < MANY) {
            return insert(session, columns, passingOver());
        }
        // No engine settles a file twice, but a commit may be repeated. A COPY, quicker still, would hold its locks for
        // as long as a process stands still in it.
        session.execute("savepoint settling");
        try {
            return insert(session, columns, "");
        } catch (SQLException known) {
            if (!UNIQUE_VIOLATION.equals(known.getSQLState())) {
                throw known;
            }
            session.execute("rollback to savepoint settling");
            return insert(session, columns, passingOver());
        }
    }

    private int insert(Session session, Columns columns, String ending) throws SQLException {
        return session.update(insertTold + ending, args -> columns.bind(session, args));
    }

    @Override
    public Leases leases() {
        return leases;
    }

    /** Files, column by column, as they are sent. */
    private static final class Columns {
        private final long[] numbers;
        private final long[] ordinals;
        private final short[] outcomes;
        private final int[] attempts;
        private final long[] finished;
        private final int[] durations;
        private final @Nullable String[] jobIds;
        private final @Nullable String[] messages;
        private final int[] checksums;

        Columns(List<DetailedOutcome> files) {
            int size = files.size();
            numbers = new long[size];
            ordinals = new long[size];
            outcomes = new short[size];
            attempts = new int[size];
            finished = new long[size];
            durations = new int[size];
            jobIds = new String[size];
            messages = new String[size];
            checksums = new int[size];
            Checksum checksum = new Checksum();
            for (int i = 0; i < size; i++) {
                SettledFile file = files.get(i).file();
                numbers[i] = files.get(i).number();
                ordinals[i] = file.ordinal();
                outcomes[i] = (short) Codes.of(file.outcome());
                attempts[i] = file.attempts();
                finished[i] = Micros.of(file.finishedAt());
                durations[i] = file.durationMillis();
                jobIds[i] = StoredText.encodeOrNull(file.jobId());
                messages[i] = StoredText.encodeOrNull(file.message());
                checksums[i] = checksum.begin()
                        .add(numbers[i])
                        .add(ordinals[i])
                        .add(outcomes[i])
                        .add(attempts[i])
                        .add(finished[i])
                        .add(durations[i])
                        .addText(jobIds[i])
                        .addText(messages[i])
                        .value();
            }
        }

        void bind(Session session, Args args) throws SQLException {
            args.object(numbers)
                    .object(ordinals)
                    .object(outcomes)
                    .object(attempts)
                    .object(finished)
                    .object(durations)
                    .object(session.connection().createArrayOf("text", jobIds))
                    .object(session.connection().createArrayOf("text", messages))
                    .object(checksums);
        }
    }
}
