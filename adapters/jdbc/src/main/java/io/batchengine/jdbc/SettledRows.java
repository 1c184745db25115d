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
    private record Block(long number, Successes.SharedRow row) {}

    private static final Comparator<SettledFile> IN_ORDER = Comparator.comparingLong(SettledFile::ordinal);
    private static final String TOLD_COLUMNS =
            "ordinal, outcome, attempts, finished_us, duration_ms, job_id, message, checksum";

    private final Tables tables;
    private final Dialect dialect;
    private final String insertSuccesses;
    private final String readSuccesses;
    private final String readTold;
    private final String readUnsuccessful;
    private final String countSuccesses;
    private final String countTold;

    SettledRows(Tables tables, Dialect dialect) {
        this.tables = tables;
        this.dialect = dialect;
        insertSuccesses =
                "insert into " + tables.success() + "(number, first_ordinal, n, ends, checksum) values (?, ?, ?, ?, ?)";
        readSuccesses = "select first_ordinal, n, ends, checksum from " + tables.success()
                + " where number = ? and first_ordinal >= ? and first_ordinal < ?";
        readTold = readTold("");
        // Said as the partial index says it, so that it serves: most files succeed.
        readUnsuccessful = readTold(dialect.goBy(tables.prefix() + "file_unsuccessful")) + " and outcome <> 0";
        countSuccesses = "select coalesce(sum(n), 0) from " + tables.success() + " where number = ?";
        countTold = "select count(*) from " + tables.file() + " where number = ?";
    }

    private String readTold(String how) {
        return "select " + TOLD_COLUMNS + " from " + tables.file() + how
                + " where number = ? and ordinal >= ? and ordinal < ?";
    }

    /** Inserts the files that commits settle, except for those that are settled: the first end of a file counts. */
    void insert(Session session, List<CommitWriter.Accepted> commits) throws SQLException {
        List<Block> blocks = new ArrayList<>();
        List<DetailedOutcome> told = new ArrayList<>(0);
        for (CommitWriter.Accepted one : commits) {
            List<SettledFile> plain = new ArrayList<>(one.commit().settled().size());
            for (SettledFile file : newlySettled(session, one)) {
                if (Successes.holds(file)) {
                    plain.add(file);
                } else {
                    told.add(new DetailedOutcome(one.number(), file));
                }
            }
            Successes.rows(plain).forEach(row -> blocks.add(new Block(one.number(), row)));
        }
        int[] written = session.updateAll(
                insertSuccesses,
                blocks,
                (args, block) -> args.begin()
                        .number(block.number)
                        .number(block.row.first)
                        .integer(block.row.count)
                        .bytes(block.row.ends)
                        .checksum());
        Written.each(written, tables.success());
        if (dialect.insertTold(session, told) < told.size()) {
            requireThere(session, told);
        }
    }

    /** Some were passed over: they must have been there before. */
    private void requireThere(Session session, List<DetailedOutcome> told) throws SQLException {
        int there = 0;
        for (DetailedOutcome one : told) {
            there += (int) session.queryNumber(
                    countTold + " and ordinal = ?",
                    args -> args.number(one.number()).number(one.file().ordinal()));
        }
        if (there < told.size()) {
            throw Written.refused(tables.file(), told.size(), there);
        }
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
            Ends ends = read(session, number, blocks[first], blocks[i - 1] + Successes.BLOCK);
            if (!ends.unsure().isEmpty()) {
                throw Failures.corrupt("rows that tell which files of the batch are settled are damaged");
            }
            ordinals.addAll(ends.files().keySet());
        }
        return ordinals;
    }

    /** The settled files of a range. */
    Ends read(Session session, long number, long from, long below) throws SQLException {
        Ends ends = new Ends();
        readSuccesses(session, number, from, below, ends);
        session.query(readTold, args -> args.number(number).number(from).number(below), row -> told(row, number, ends));
        return ends;
    }

    /** The first files of a range that ended in one of some ways, none of which is a success. */
    Ends readUnsuccessful(Session session, long number, long from, long below, Set<FileOutcome> outcomes, int limit)
            throws SQLException {
        Ends ends = new Ends();
        session.query(
                readUnsuccessful + " and outcome in (" + Args.marks(outcomes.size()) + ") order by ordinal limit ?",
                args -> {
                    args.number(number).number(from).number(below);
                    bind(args, outcomes);
                    args.integer(limit);
                },
                row -> told(row, number, ends));
        return ends;
    }

    /** How many settled files a batch has, as its rows tell. */
    long count(Session session, long number) throws SQLException {
        return session.queryNumber(countSuccesses, args -> args.number(number))
                + session.queryNumber(countTold, args -> args.number(number));
    }

    /** How many files of a batch ended in one of some ways, none of which is a success. */
    long count(Session session, long number, Set<FileOutcome> outcomes) throws SQLException {
        return session.queryNumber(
                countTold + " and outcome <> 0 and outcome in (" + Args.marks(outcomes.size()) + ")", args -> {
                    args.number(number);
                    bind(args, outcomes);
                });
    }

    private static void bind(Args args, Set<FileOutcome> outcomes) throws SQLException {
        for (FileOutcome outcome : outcomes) {
            args.integer(Codes.of(outcome));
        }
    }

    private void readSuccesses(Session session, long number, long from, long below, Ends ends) throws SQLException {
        session.query(
                readSuccesses,
                args -> args.number(number).number(Successes.blockOf(from)).number(below),
                row -> {
                    row.begin().covers(number);
                    long first = row.number();
                    int count = row.integer();
                    byte[] value = row.bytes();
                    if (row.isWhole()) {
                        Successes.read(first, count, value, file -> {
                            if (file.ordinal() >= from && file.ordinal() < below) {
                                ends.add(file);
                            }
                        });
                    } else {
                        long end = Successes.blockOf(first) + Successes.BLOCK;
                        ends.unsure(Math.max(first, from), Math.min(end, below));
                    }
                    return true;
                });
    }

    private static boolean told(ResultRow row, long number, Ends ends) throws SQLException {
        row.begin().covers(number);
        long ordinal = row.number();
        int outcome = row.integer();
        int attempts = row.integer();
        long finished = row.number();
        int duration = row.integer();
        String jobId = row.textOrNull();
        String message = row.textOrNull();
        if (row.isWhole()) {
            ends.add(SettledFile.of(
                    ordinal, Codes.outcome(outcome), attempts, Micros.at(finished), duration, jobId, message));
        } else {
            ends.unsure(ordinal, ordinal + 1);
        }
        return true;
    }
}
