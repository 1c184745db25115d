package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchCommit;
import io.batchengine.spi.ListedPage;
import io.batchengine.spi.ParkedFile;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes commits: judges each by its locked row, then writes all that are applied, table by table. */
final class CommitWriter {
    /**
     * A commit that is to be written.
     *
     * @param number the batch's number
     * @param commit the commit
     */
    record Accepted(long number, BatchCommit commit) {
        boolean touchesFiles() {
            return !commit.settled().isEmpty() || !commit.parked().isEmpty();
        }

        /** The lowest ordinal of its files that are settled or parked. */
        long first() {
            long first = Long.MAX_VALUE;
            for (SettledFile file : commit.settled()) {
                first = Math.min(first, file.ordinal());
            }
            for (ParkedFile file : commit.parked()) {
                first = Math.min(first, file.ordinal());
            }
            return first;
        }

        /** The highest. */
        long last() {
            long last = -1;
            for (SettledFile file : commit.settled()) {
                last = Math.max(last, file.ordinal());
            }
            for (ParkedFile file : commit.parked()) {
                last = Math.max(last, file.ordinal());
            }
            return last;
        }
    }

    private record Page(long number, ListedPage page) {}

    private record Parked(long number, ParkedFile file) {}

    private final Dialect dialect;
    private final BatchRows rows;
    private final String insertPage;
    private final String park;
    private final String unpark;

    CommitWriter(Tables tables, Dialect dialect, BatchRows rows) {
        this.dialect = dialect;
        this.rows = rows;
        insertPage = "insert into " + tables.page() + "(number, first_ordinal, n, ids) values (?, ?, ?, ?)";
        park = "insert into " + tables.parked() + "(number, ordinal, attempts, mapped, not_before_us, deaths, mark)"
                + " values (?, ?, ?, ?, ?, ?, ?) on conflict (number, ordinal) do update set attempts = excluded.attempts,"
                + " mapped = excluded.mapped, not_before_us = excluded.not_before_us, deaths = excluded.deaths,"
                + " mark = excluded.mark";
        // The record of a file ends when it is settled, in this commit or before.
        unpark = "delete from " + tables.parked() + " where number = ? and ordinal >= ? and ordinal <= ? and exists"
                + " (select 1 from " + tables.file() + " f where f.number = " + tables.parked()
                + ".number and f.ordinal = "
                + tables.parked() + ".ordinal)";
    }

    List<Verdict> write(Session session, List<BatchCommit> commits) throws SQLException {
        Map<String, Numbered> found = new HashMap<>();
        List<String> ids = commits.stream().map(BatchCommit::batchId).toList();
        for (Numbered batch : dialect.lockStates(session, rows, ids)) {
            found.put(batch.id(), batch);
        }
        List<Verdict> verdicts = new ArrayList<>(commits.size());
        List<Change> changes = new ArrayList<>();
        List<Accepted> accepted = new ArrayList<>();
        for (BatchCommit commit : commits) {
            Numbered batch = found.get(commit.batchId());
            Verdict verdict = commit.judge(batch == null ? null : batch.batch());
            if (batch != null && verdict.kind() == Verdict.Kind.APPLIED) {
                changes.add(new Change(batch, batch.batch().after(commit), checkedPageEnd(batch, commit)));
                accepted.add(new Accepted(batch.number(), commit));
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
        List<Parked> parked = new ArrayList<>();
        for (Accepted one : accepted) {
            one.commit.pages().forEach(page -> pages.add(new Page(one.number, page)));
            one.commit.parked().forEach(file -> parked.add(new Parked(one.number, file)));
        }
        session.updateAll(
                insertPage,
                pages,
                (args, page) -> args.number(page.number)
                        .number(page.page.firstOrdinal())
                        .integer(page.page.fileIds().size())
                        .bytes(PageIds.encode(page.page.fileIds())));
        dialect.insertSettled(session, accepted);
        session.updateAll(park, parked, CommitWriter::bind);
        session.updateAll(
                unpark,
                accepted.stream().filter(Accepted::touchesFiles).toList(),
                (args, one) -> args.number(one.number).number(one.first()).number(one.last()));
    }

    private static void bind(Args args, Parked parked) throws SQLException {
        ParkedFile file = parked.file;
        args.number(parked.number)
                .number(file.ordinal())
                .integer(file.attempts())
                .flag(file.mapped())
                .numberOrNull(Micros.orNull(file.notBefore()))
                .integer(file.deaths())
                .integer(Codes.of(file.mark()));
    }

    /** Where the recorded pages end after a commit; refuses one that does not fit them. */
    private static long checkedPageEnd(Numbered batch, BatchCommit commit) {
        long end = batch.pageEnd();
        for (ListedPage page : commit.pages()) {
            if (page.firstOrdinal() != end) {
                throw new IllegalArgumentException("page at ordinal %d of batch %s where %d is next"
                        .formatted(page.firstOrdinal(), Text.quote(commit.batchId()), end));
            }
            end += page.fileIds().size();
        }
        for (SettledFile file : commit.settled()) {
            requireListed(commit, file.ordinal(), end);
        }
        for (ParkedFile file : commit.parked()) {
            requireListed(commit, file.ordinal(), end);
        }
        return end;
    }

    private static void requireListed(BatchCommit commit, long ordinal, long end) {
        if (ordinal < 0 || ordinal >= end) {
            throw new IllegalArgumentException(
                    "file %d of batch %s is of no recorded page".formatted(ordinal, Text.quote(commit.batchId())));
        }
    }
}
