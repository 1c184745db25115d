package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: rows are locked in the order of their numbers, and inserted by one statement a table. */
final class PostgresDialect implements Dialect {
    private static final String UNIQUE_VIOLATION = "23505";
    /** What passes over rows that are there: the server inserts each row on probation, which costs it twice as much. */
    private static final String PAST_KNOWN = " on conflict do nothing";
    /** From so many rows on, trying without it is worth the savepoint. */
    private static final int MANY = 16;

    private final String insertPlain;
    private final String insertTold;
    private final Leases leases;

    PostgresDialect(Tables tables, Leases leases) {
        String columns = "number, ordinal, outcome, attempts, finished_us, duration_ms";
        String arrays = "?::bigint[], ?::bigint[], ?::smallint[], ?::integer[], ?::bigint[], ?::integer[]";
        String into = "insert into " + tables.file() + "(" + columns;
        insertPlain = into + ") select * from unnest(" + arrays + ")";
        insertTold = into + ", job_id, message) select * from unnest(" + arrays + ", ?::text[], ?::text[])";
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
        int size = 0;
        for (CommitWriter.Accepted one : commits) {
            size += one.commit().settled().size();
        }
        if (size == 0) {
            return;
        }
        Columns plain = new Columns(size);
        Columns told = new Columns(size);
        for (CommitWriter.Accepted one : commits) {
            for (SettledFile file : one.commit().settled()) {
                (file.jobId() == null && file.message() == null ? plain : told).add(one.number(), file);
            }
        }
        if (size < MANY) {
            insert(session, plain, told, PAST_KNOWN);
            return;
        }
        // No engine settles a file twice, but a commit may be repeated; and a COPY, quicker still, would hold its locks
        // for as long
        // as a process stands still in it.
        session.execute("savepoint settling");
        try {
            insert(session, plain, told, "");
        } catch (SQLException known) {
            if (!UNIQUE_VIOLATION.equals(known.getSQLState())) {
                throw known;
            }
            session.execute("rollback to savepoint settling");
            insert(session, plain, told, PAST_KNOWN);
        }
    }

    private void insert(Session session, Columns plain, Columns told, String ending) throws SQLException {
        if (plain.size > 0) {
            session.update(insertPlain + ending, plain::bind);
        }
        if (told.size > 0) {
            session.update(insertTold + ending, args -> {
                told.bind(args);
                args.object(session.connection().createArrayOf("text", told.jobIds.toArray()))
                        .object(session.connection().createArrayOf("text", told.messages.toArray()));
            });
        }
    }

    @Override
    public Leases leases() {
        return leases;
    }

    /** Settled files, column by column, as they are sent. */
    private static final class Columns {
        private final long[] numbers;
        private final long[] ordinals;
        private final short[] outcomes;
        private final int[] attempts;
        private final long[] finished;
        private final int[] durations;
        private final List<@Nullable String> jobIds = new ArrayList<>(0);
        private final List<@Nullable String> messages = new ArrayList<>(0);
        private int size;

        Columns(int capacity) {
            numbers = new long[capacity];
            ordinals = new long[capacity];
            outcomes = new short[capacity];
            attempts = new int[capacity];
            finished = new long[capacity];
            durations = new int[capacity];
        }

        void add(long number, SettledFile file) {
            numbers[size] = number;
            ordinals[size] = file.ordinal();
            outcomes[size] = (short) Codes.of(file.outcome());
            attempts[size] = file.attempts();
            finished[size] = Micros.of(file.finishedAt());
            durations[size] = file.durationMillis();
            if (file.jobId() != null || file.message() != null) {
                jobIds.add(StoredText.encodeOrNull(file.jobId()));
                messages.add(StoredText.encodeOrNull(file.message()));
            }
            size++;
        }

        void bind(Args args) throws SQLException {
            args.object(Arrays.copyOf(numbers, size))
                    .object(Arrays.copyOf(ordinals, size))
                    .object(Arrays.copyOf(outcomes, size))
                    .object(Arrays.copyOf(attempts, size))
                    .object(Arrays.copyOf(finished, size))
                    .object(Arrays.copyOf(durations, size));
        }
    }
}
