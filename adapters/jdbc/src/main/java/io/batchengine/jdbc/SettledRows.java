package io.batchengine.jdbc;

import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.SettledFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** Settled files as rows: those with something to tell by themselves, all others as {@link Successes}. */
final class SettledRows {
    /**
     * A file with something to tell.
     *
     * @param number its batch's number
     * @param file the file
     */
    record Told(long number, SettledFile file) {}

    private record Block(long number, Successes.Row row) {}

    private static final Comparator<SettledFile> IN_ORDER = Comparator.comparingLong(SettledFile::ordinal);
    private static final String TOLD_COLUMNS = "ordinal, outcome, attempts, finished_us, duration_ms, job_id, message";
    /** The most ordinals that one query looks through for files of some outcomes. */
    private static final long WIDEST_LOOK = 64 * Successes.BLOCK;

    private final Dialect dialect;
    private final String insertSuccesses;
    private final String readSuccesses;
    private final String readTold;
    private final String readUnsuccessful;

    SettledRows(Tables tables, Dialect dialect) {
        this.dialect = dialect;
        insertSuccesses = "insert into " + tables.success() + "(number, first_ordinal, n, ends) values (?, ?, ?, ?)";
        readSuccesses = "select first_ordinal, ends from " + tables.success()
                + " where number = ? and first_ordinal >= ? and first_ordinal < ?";
        readTold = "select " + TOLD_COLUMNS + " from " + tables.file()
                + " where number = ? and ordinal >= ? and ordinal < ?";
        // Said as the partial index says it, so that it serves: most files succeed.
        readUnsuccessful =
                readTold.replace(tables.file(), tables.file() + dialect.goBy(tables.prefix() + "file_unsuccessful"))
                        + " and outcome <> 0";
    }

    /** Inserts the files that commits settle, but for those that are settled: the first end of a file counts. */
    void insert(Session session, List<CommitWriter.Accepted> commits) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        List<Told> told = new ArrayList<>(0);
        for (CommitWriter.Accepted one : commits) {
            List<SettledFile> plain = new ArrayList<>(one.commit().settled().size());
            for (SettledFile file : newlySettled(session, one)) {
                if (Successes.holds(file)) {
                    plain.add(file);
                } else {
                    told.add(new Told(one.number(), file));
                }
            }
            Successes.rows(plain).forEach(row -> blocks.add(new Block(one.number(), row)));
        }
        session.updateAll(
                insertSuccesses,
                blocks,
                (args, block) -> args.number(block.number)
                        .number(block.row.first)
                        .integer(block.row.count)
                        .bytes(block.row.ends));
        dialect.insertTold(session, told);
    }

    /** What a commit settles, in order. Its counters tell whether all of it is new, as it nearly always is: else what is there is read. */
    private List<SettledFile> newlySettled(Session session, CommitWriter.Accepted one) throws SQLException {
        List<SettledFile> settled = one.commit().settled();
        if (settled.isEmpty()) {
            return settled;
        }
        List<SettledFile> files = new ArrayList<>(settled);
        files.sort(IN_ORDER); // keeps the first end of a file before its others
        long before = one.before().batch().state().counts().settled();
        if (one.commit().counts().settled() - before == files.size() && areDistinct(files)) {
            return files;
        }
        Set<Long> known = ordinals(session, one.number(), files.stream().mapToLong(SettledFile::ordinal));
        files.removeIf(file -> !known.add(file.ordinal()));
        return files;
    }

    private static boolean areDistinct(List<SettledFile> inOrder) {
        for (int i = 1; i < inOrder.size(); i++) {
            if (inOrder.get(i).ordinal() == inOrder.get(i - 1).ordinal()) {
                return false;
            }
        }
        return true;
    }

    /** Which of some ordinals are settled, and others of their blocks: the files between them may be all of a batch. */
    Set<Long> ordinals(Session session, long number, LongStream among) throws SQLException {
        long[] blocks = among.map(Successes::blockOf).sorted().distinct().toArray();
        Set<Long> ordinals = new HashSet<>();
        for (int i = 0; i < blocks.length; ) {
            int first = i++;
            while (i < blocks.length && blocks[i] == blocks[i - 1] + Successes.BLOCK) {
                i++;
            }
            for (SettledFile file : read(session, number, blocks[first], blocks[i - 1] + Successes.BLOCK)) {
                ordinals.add(file.ordinal());
            }
        }
        return ordinals;
    }

    /** The settled files of a range, in no order. */
    List<SettledFile> read(Session session, long number, long from, long below) throws SQLException {
        List<SettledFile> files = readSuccesses(session, number, from, below);
        files.addAll(
                session.query(readTold, args -> args.number(number).number(from).number(below), SettledRows::told));
        return files;
    }

    /** The first files of a range that ended in one of some ways, in order. */
    List<SettledFile> read(Session session, long number, long from, long below, Set<FileOutcome> outcomes, int limit)
            throws SQLException {
        if (!outcomes.contains(FileOutcome.SUCCEEDED)) {
            return readTold(session, readUnsuccessful, number, from, below, outcomes, limit);
        }
        List<SettledFile> found = new ArrayList<>();
        long width = Math.min(limit, WIDEST_LOOK); // enough where all of them have succeeded
        for (long next = from; next < below && found.size() < limit; width = Math.min(2 * width, WIDEST_LOOK)) {
            // To the end of a block, whose rows would be read as a whole anyway.
            boolean last = next > below - width - Successes.BLOCK;
            long end = last ? below : Successes.blockOf(next + width) + Successes.BLOCK;
            List<SettledFile> some = readSuccesses(session, number, next, end);
            some.addAll(readTold(session, readTold, number, next, end, outcomes, limit));
            some.sort(IN_ORDER);
            found.addAll(some.subList(0, Math.min(some.size(), limit - found.size())));
            next = end;
        }
        return found;
    }

    private List<SettledFile> readTold(
            Session session, String read, long number, long from, long below, Set<FileOutcome> outcomes, int limit)
            throws SQLException {
        return session.query(
                read + " and outcome in (" + Args.marks(outcomes.size()) + ") order by ordinal limit ?",
                args -> {
                    args.number(number).number(from).number(below);
                    for (FileOutcome outcome : outcomes) {
                        args.integer(Codes.of(outcome));
                    }
                    args.integer(limit);
                },
                SettledRows::told);
    }

    private List<SettledFile> readSuccesses(Session session, long number, long from, long below) throws SQLException {
        List<SettledFile> files = new ArrayList<>();
        session.query(
                readSuccesses,
                args -> args.number(number).number(Successes.blockOf(from)).number(below),
                row -> {
                    Successes.read(row.number(), row.bytes(), file -> {
                        if (file.ordinal() >= from && file.ordinal() < below) {
                            files.add(file);
                        }
                    });
                    return true;
                });
        return files;
    }

    private static SettledFile told(Row row) throws SQLException {
        return new SettledFile(
                row.number(),
                Codes.outcome(row.integer()),
                row.integer(),
                Micros.at(row.number()),
                row.integer(),
                row.textOrNull(),
                row.textOrNull());
    }
}
