package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** SQLite: its one writer has the file to itself, so that nothing needs a lock of its own. */
final class SqliteDialect implements Dialect {
    /** How many rows a statement inserts; each size is a statement that is kept. */
    private static final int[] SIZES = {100, 10, 1};

    private static final Comparator<SettledFile> IN_ORDER = Comparator.comparingLong(SettledFile::ordinal);

    private final String[] insertPlain;
    private final String insertAny;
    private final Leases leases;

    SqliteDialect(Tables tables, LongSupplier ticker) {
        String into = "insert into " + tables.file() + "(number, ordinal, outcome, attempts, finished_us, duration_ms";
        insertPlain = new String[SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            insertPlain[i] = into + ") values (?1, ?2, 0, 1, ?3, ?4)" + ", (?1, ?, 0, 1, ?, ?)".repeat(SIZES[i] - 1)
                    + " on conflict do nothing";
        }
        insertAny = into + ", job_id, message) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";
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
    public void lockSchema(Session session, Tables tables) {}

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
    public String goBy(String index) {
        return " indexed by " + index;
    }

    @Override
    public List<Numbered> lockStates(Session session, BatchRows rows, Collection<String> ids) throws SQLException {
        String sql = rows.selectState() + " where id = ? and hidden = 0";
        List<Numbered> found = new ArrayList<>(ids.size());
        for (String id : ids) {
            session.queryOne(sql, args -> args.text(id), BatchRows::readState).ifPresent(found::add);
        }
        return found;
    }

    /** In the order of the ordinals, many rows a statement: the file is as quick as its B-tree is appended to. */
    @Override
    public void insertSettled(Session session, List<CommitWriter.Accepted> commits) throws SQLException {
        for (CommitWriter.Accepted one : commits) {
            List<SettledFile> plain = new ArrayList<>(one.commit().settled().size());
            List<SettledFile> others = new ArrayList<>(0);
            for (SettledFile file : one.commit().settled()) {
                (isPlain(file) ? plain : others).add(file);
            }
            dropLaterEnds(plain, others, one.commit().settled());
            plain.sort(IN_ORDER);
            others.sort(IN_ORDER);
            insertPlain(session, one.number(), plain);
            for (SettledFile file : others) {
                session.update(insertAny, args -> bind(args, one.number(), file));
            }
        }
    }

    /** Of two ends of one file the first counts, whichever list it is in. No engine writes two; so the look is short. */
    private static void dropLaterEnds(List<SettledFile> plain, List<SettledFile> others, List<SettledFile> written) {
        Set<Long> ordinals = new HashSet<>();
        others.forEach(file -> ordinals.add(file.ordinal()));
        if (ordinals.isEmpty() || plain.stream().noneMatch(file -> ordinals.contains(file.ordinal()))) {
            return;
        }
        Map<Long, SettledFile> first = new HashMap<>();
        written.forEach(file -> first.putIfAbsent(file.ordinal(), file));
        plain.removeIf(file -> !file.equals(first.get(file.ordinal())));
        others.removeIf(file -> !file.equals(first.get(file.ordinal())));
    }

    /** As most files are: nothing to tell but when it ended. */
    private static boolean isPlain(SettledFile file) {
        return file.outcome() == FileOutcome.SUCCEEDED
                && file.attempts() == 1
                && file.jobId() == null
                && file.message() == null;
    }

    private void insertPlain(Session session, long number, List<SettledFile> files) throws SQLException {
        int done = 0;
        for (int i = 0; i < SIZES.length; i++) {
            for (; files.size() - done >= SIZES[i]; done += SIZES[i]) {
                List<SettledFile> some = files.subList(done, done + SIZES[i]);
                session.update(insertPlain[i], args -> {
                    args.number(number);
                    for (SettledFile file : some) {
                        args.number(file.ordinal())
                                .number(Micros.of(file.finishedAt()))
                                .integer(file.durationMillis());
                    }
                });
            }
        }
    }

    private static void bind(Args args, long number, SettledFile file) throws SQLException {
        args.number(number)
                .number(file.ordinal())
                .integer(Codes.of(file.outcome()))
                .integer(file.attempts())
                .number(Micros.of(file.finishedAt()))
                .integer(file.durationMillis())
                .text(file.jobId())
                .text(file.message());
    }

    @Override
    public Leases leases() {
        return leases;
    }
}
