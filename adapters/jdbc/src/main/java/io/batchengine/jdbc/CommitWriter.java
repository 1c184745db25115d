package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.model.Text;
import io.batchengine.spi.DelayedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.BatchCommit;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes commits: judges each by its locked row, then writes all that are applied, table by table. */
final class CommitWriter {
    /**
     * A commit that is to be written.
     *
     * @param before its batch, as it is stored
     * @param commit the commit
     */
    record Accepted(NumberedBatch before, BatchCommit commit) {
        long number() {
            return before.number();
        }
    }

    private record Page(long number, ListedPage page) {}

    private record Delayed(long number, DelayedFile file) {}

    private record Range(long number, long first, long last) {}

    private final Tables tables;
    private final Dialect dialect;
    private final BatchRows rows;
    private final SettledRows settled;
    private final String insertPage;
    private final String delay;
    private final String undelay;
    private final String findAnyhow;

    CommitWriter(Tables tables, Dialect dialect, BatchRows rows, SettledRows settled) {
        this.tables = tables;
        this.dialect = dialect;
        this.rows = rows;
        this.settled = settled;
        insertPage =
                "insert into " + tables.page() + "(number, first_ordinal, n, ids, checksum) values (?, ?, ?, ?, ?)";
        delay = "insert into " + tables.delayed() + "(number, ordinal, attempts, mapped, not_before_us, crashes, mark,"
                + " checksum) values (?, ?, ?, ?, ?, ?, ?, ?)"
                + dialect.replacing(
                        "number, ordinal", "attempts", "mapped", "not_before_us", "crashes", "mark", "checksum");
        findAnyhow = "select count(*) from " + tables.batch() + " where " + dialect.unindexed("id") + " = ?";
        undelay = "delete from " + tables.delayed() + " where number = ? and ordinal >= ? and ordinal <= ?";
    }

    List<Verdict> write(Session session, List<BatchCommit> commits) throws SQLException {
        Map<String, NumberedBatch> found = new HashMap<>();
        List<String> ids = commits.stream().map(BatchCommit::batchId).toList();
        List<FoundBatch> locked = dialect.lockBatches(session, rows.selectState(), ids, BatchRows::readState);
        for (FoundBatch batch : locked) {
            NumberedBatch whole = batch.require();
            if (!whole.hidden()) {
                found.put(batch.id(), whole);
            }
        }
        if (locked.size() < Set.copyOf(ids).size()) {
            requireGone(session, locked, ids);
        }
        List<Verdict> verdicts = new ArrayList<>(commits.size());
        List<Change> changes = new ArrayList<>();
        List<Accepted> accepted = new ArrayList<>();
        for (BatchCommit commit : commits) {
            NumberedBatch batch = found.get(commit.batchId());
            Verdict verdict = commit.judge(batch == null ? null : batch.batch());
            if (batch != null && verdict.kind() == Verdict.Kind.APPLIED) {
                boolean hasDelayed = batch.hasDelayed() || !commit.delayed().isEmpty();
                changes.add(new Change(
                        batch,
                        new NumberedBatch(
                                batch.id(),
                                batch.number(),
                                checkedPageEnd(batch, commit),
                                hasDelayed,
                                false,
                                batch.batch().after(commit))));
                accepted.add(new Accepted(batch, commit));
            }
            verdicts.add(verdict);
        }
        if (!accepted.isEmpty()) {
            rows.update(session, changes);
            writeFiles(session, accepted);
        }
        return verdicts;
    }

    private void writeFiles(Session session, List<Accepted> accepted) throws SQLException {
        List<Page> pages = new ArrayList<>();
        List<Range> ended = new ArrayList<>(0);
        List<Delayed> delayed = new ArrayList<>(0);
        for (Accepted one : accepted) {
            one.commit.pages().forEach(page -> pages.add(new Page(one.number(), page)));
            if (one.before.hasDelayed()) {
                addRanges(one, ended);
            }
        }
        int[] written = session.updateAll(
                insertPage,
                pages,
                (args, page) -> args.begin()
                        .number(page.number)
                        .number(page.page.firstOrdinal())
                        .integer(page.page.fileIds().size())
                        .bytes(PageIds.encode(page.page.fileIds()))
                        .checksum());
        Written.each(written, tables.page());
        settled.insert(session, accepted);
        for (Accepted one : accepted) {
            addUnsettled(session, one, delayed);
        }
        session.updateAll(
                undelay,
                ended,
                (args, range) -> args.number(range.number).number(range.first).number(range.last));
        Written.each(session.updateAll(delay, delayed, CommitWriter::bind), tables.delayed());
    }

    /** The ordinals that a commit settles: what is recorded of files before they are settled ends with that. */
    private static void addRanges(Accepted one, List<Range> ranges) {
        long[] ordinals = one.commit.settled().stream()
                .mapToLong(SettledFile::ordinal)
                .sorted()
                .toArray();
        for (int i = 0; i < ordinals.length; ) {
            int first = i++;
            while (i < ordinals.length && ordinals[i] - ordinals[i - 1] <= 1) {
                i++;
            }
            ranges.add(new Range(one.number(), ordinals[first], ordinals[i - 1]));
        }
    }

    /** What a commit delays and neither it nor an earlier one has settled. */
    private void addUnsettled(Session session, Accepted one, List<Delayed> delayed) throws SQLException {
        if (one.commit.delayed().isEmpty()) {
            return;
        }
        Set<Long> ended = settled.ordinals(
                session, one.number(), one.commit.delayed().stream().mapToLong(DelayedFile::ordinal));
        for (DelayedFile file : one.commit.delayed()) {
            if (!ended.contains(file.ordinal())) {
                delayed.add(new Delayed(one.number(), file));
            }
        }
    }

    private static void bind(Args args, Delayed delayed) throws SQLException {
        DelayedFile file = delayed.file;
        args.begin()
                .number(delayed.number)
                .number(file.ordinal())
                .integer(file.attempts())
                .flag(file.mapped())
                .numberOrNull(Micros.orNull(file.notBefore()))
                .integer(file.crashes())
                .integer(Codes.of(file.mark()))
                .checksum();
    }

    /** A batch is rarely gone while an engine holds it: more likely an index has lost it. */
    private void requireGone(Session session, List<FoundBatch> locked, List<String> ids) throws SQLException {
        Set<String> missing = new HashSet<>(ids);
        locked.forEach(batch -> missing.remove(batch.id()));
        for (String id : missing) {
            if (session.queryNumber(findAnyhow, args -> args.text(id)) > 0) {
                throw IndexMending.missing(id);
            }
        }
    }

    /** Where the recorded pages end after a commit; refuses one that does not fit them. */
    private static long checkedPageEnd(NumberedBatch batch, BatchCommit commit) {
        long end = batch.pageEnd();
        for (ListedPage page : commit.pages()) {
            if (page.firstOrdinal() != end) {
                throw new IllegalArgumentException(Text.format(
                        "page at ordinal %d of batch %s where %d is next",
                        page.firstOrdinal(), Text.quote(commit.batchId()), end));
            }
            end += page.fileIds().size();
        }
        for (SettledFile file : commit.settled()) {
            requireListed(commit, file.ordinal(), end);
        }
        for (DelayedFile file : commit.delayed()) {
            requireListed(commit, file.ordinal(), end);
        }
        return end;
    }

    private static void requireListed(BatchCommit commit, long ordinal, long end) {
        if (ordinal < 0 || ordinal >= end) {
            throw new IllegalArgumentException(
                    Text.format("file %d of batch %s is of no recorded page", ordinal, Text.quote(commit.batchId())));
        }
    }
}
