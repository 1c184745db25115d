package io.batchengine.jdbc;

import io.batchengine.spi.DeleteReply;
import io.batchengine.spi.DeleteRequest;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Deletes batches in slices. The first hides a batch, so that no read sees it any more; its rows go page by page, the batch's own last.
 * What a crash leaves hidden, the next deletion of it, or the next purge, takes up again.
 */
final class Deletion {
    private record Found(long number, int status, boolean hidden) {}

    private record Old(long number, String id) {}

    private final Dialect dialect;
    private final Tables tables;
    private final String find;
    private final String isRetried;
    private final String hide;

    Deletion(Tables tables, Dialect dialect) {
        this.tables = tables;
        this.dialect = dialect;
        find = "select number, status, hidden from " + tables.batch() + " b where id = ? and project = ?"
                + dialect.lockForDelete();
        isRetried = "select count(*) from " + tables.batch() + " where retry_of = ? and status < 3";
        hide = "update " + tables.batch() + " set hidden = 1, idempotency_key = null where number = ? and hidden = 0";
    }

    DeleteReply delete(Session session, DeleteRequest request, int slice) throws SQLException {
        return request instanceof DeleteRequest.OneBatch one
                ? deleteOne(session, one, Math.max(1, slice))
                : purge(session, (DeleteRequest.FinishedBefore) request, Math.max(1, slice));
    }

    private DeleteReply deleteOne(Session session, DeleteRequest.OneBatch one, int slice) throws SQLException {
        Optional<Found> found = session.queryOne(
                find,
                args -> args.text(one.batchId()).text(one.projectId()),
                row -> new Found(row.number(), row.integer(), row.flag()));
        if (found.isEmpty()) {
            return new DeleteReply(DeleteReply.Kind.NOT_FOUND, 0);
        }
        if (!found.get().hidden) {
            if (found.get().status < Codes.FIRST_TERMINAL) {
                return new DeleteReply(DeleteReply.Kind.NOT_TERMINAL, 0);
            }
            if (isRetried(session, one.batchId())) {
                return new DeleteReply(DeleteReply.Kind.IN_USE, 0);
            }
        }
        boolean done = deleteSlice(session, found.get().number, slice) >= 0;
        return new DeleteReply(done ? DeleteReply.Kind.DELETED : DeleteReply.Kind.MORE, done ? 1 : 0);
    }

    private DeleteReply purge(Session session, DeleteRequest.FinishedBefore old, int slice) throws SQLException {
        long budget = slice;
        long batches = 0;
        while (budget > 0) {
            Optional<Long> next = next(session, old);
            if (next.isEmpty()) {
                return new DeleteReply(DeleteReply.Kind.DELETED, batches);
            }
            long files = deleteSlice(session, next.get(), budget);
            if (files < 0) {
                return new DeleteReply(DeleteReply.Kind.MORE, batches);
            }
            budget -= Math.max(1, files);
            batches++;
        }
        boolean more = next(session, old).isPresent();
        return new DeleteReply(more ? DeleteReply.Kind.MORE : DeleteReply.Kind.DELETED, batches);
    }

    /** The next batch to purge, locked: first what an earlier deletion has left behind. */
    private Optional<Long> next(Session session, DeleteRequest.FinishedBefore old) throws SQLException {
        String project = old.projectId();
        String inProject = project == null ? "" : " and project = ?";
        Optional<Long> left = session.queryOne(
                "select number from " + tables.batch() + " b where hidden = 1" + inProject + " order by number limit 1"
                        + dialect.lockSkipping(),
                args -> bind(args, project),
                Row::number);
        if (left.isPresent()) {
            return left;
        }
        String sql = "select number, id from " + tables.batch() + " b where finished_us is not null and hidden = 0"
                + inProject + " and finished_us < ? and not exists (select 1 from " + tables.batch()
                + " r where r.retry_of = b.id and r.status < 3) order by finished_us limit 1" + dialect.lockForDelete();
        while (true) {
            Optional<Old> found = session.queryOne(
                    sql,
                    args -> {
                        bind(args, project);
                        args.number(Micros.from(old.before()));
                    },
                    row -> new Old(row.number(), row.text()));
            // Asked again under the lock: a retry may have been created while the query waited for it.
            if (found.isEmpty() || !isRetried(session, found.get().id)) {
                return found.map(Old::number);
            }
        }
    }

    private boolean isRetried(Session session, String batchId) throws SQLException {
        return session.queryNumber(isRetried, args -> args.text(batchId)) > 0;
    }

    private static void bind(Args args, @Nullable String project) throws SQLException {
        if (project != null) {
            args.text(project);
        }
    }

    /** Hides a batch and deletes so many of its files, to the end of a page; how many where it is all gone, else -1. */
    private long deleteSlice(Session session, long number, long slice) throws SQLException {
        session.update(hide, args -> args.number(number));
        List<Long> firsts = session.query(
                "select first_ordinal from " + tables.page() + " where number = ? order by first_ordinal limit 1",
                args -> args.number(number),
                Row::number);
        if (!firsts.isEmpty()) {
            long end = firsts.get(0) > Long.MAX_VALUE - slice ? Long.MAX_VALUE : firsts.get(0) + slice;
            Optional<Long> next = session.queryOne(
                    "select first_ordinal from " + tables.page()
                            + " where number = ? and first_ordinal >= ? order by first_ordinal limit 1",
                    args -> args.number(number).number(end),
                    Row::number);
            if (next.isPresent()) {
                deleteBelow(session, number, next.get());
                return -1;
            }
        }
        long files = deleteBelow(session, number, Long.MAX_VALUE);
        for (String table : List.of(tables.snapshot(), tables.batch())) {
            session.update("delete from " + table + " where number = ?", args -> args.number(number));
        }
        return files;
    }

    /** How many files that were. */
    private long deleteBelow(Session session, long number, long ordinal) throws SQLException {
        Session.Bind below = args -> args.number(number).number(ordinal);
        long files = session.queryNumber(
                "select coalesce(sum(n), 0) from " + tables.page() + " where number = ? and first_ordinal < ?", below);
        for (String byFirst : List.of(tables.page(), tables.success())) {
            session.update("delete from " + byFirst + " where number = ? and first_ordinal < ?", below);
        }
        for (String byOrdinal : List.of(tables.parked(), tables.file())) {
            session.update("delete from " + byOrdinal + " where number = ? and ordinal < ?", below);
        }
        return files;
    }
}
