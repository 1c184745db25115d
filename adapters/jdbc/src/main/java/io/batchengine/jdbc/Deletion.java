package io.batchengine.jdbc;

import io.batchengine.spi.store.DeleteReply;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Deletes batches in slices. The first hides a batch, so that no read sees it any more; its rows go page by page, the batch's own last.
 * What a crash leaves hidden, the next deletion of it, or the next purge, takes up again.
 */
final class Deletion {
    private final Dialect dialect;
    private final Tables tables;
    private final DamageLog damages;
    private final BatchRows rows;
    private final String findById;
    private final String findByNumber;
    private final String isRetried;
    private final String hide;

    Deletion(Tables tables, Dialect dialect, BatchRows rows, DamageLog damages) {
        this.tables = tables;
        this.dialect = dialect;
        this.rows = rows;
        this.damages = damages;
        findById = rows.select() + " where id = ?" + dialect.lockForDelete();
        findByNumber = rows.select() + " where b.number = ?" + dialect.lockForDelete();
        isRetried = "select count(*) from " + tables.batch() + " where retry_of = ? and status < 3";
        hide = "update " + tables.batch() + " set hidden = 1, idempotency_key = null where number = ? and hidden = 0";
    }

    DeleteReply delete(Session session, DeleteRequest request, int slice) throws SQLException {
        return request instanceof DeleteRequest.OneBatch one
                ? deleteOne(session, one, Math.max(1, slice))
                : purge(session, (DeleteRequest.FinishedBefore) request, Math.max(1, slice));
    }

    private DeleteReply deleteOne(Session session, DeleteRequest.OneBatch one, int slice) throws SQLException {
        Optional<FoundBatch> found = session.queryOne(findById, args -> args.text(one.batchId()), BatchRows::read);
        if (found.isEmpty()) {
            return DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0);
        }
        if (!found.get().id().equals(one.batchId())) {
            throw damages.noted(one.batchId(), FoundBatch.damage(one.batchId()));
        }
        NumberedBatch whole = found.get().batch();
        if (whole != null) { // of a damaged one nothing else is certain: it goes
            StoredBatch batch = whole.batch();
            if (!batch.request().scope().projectId().equals(one.projectId())) {
                return DeleteReply.of(DeleteReply.Kind.NOT_FOUND, 0);
            }
            if (!whole.hidden() && !batch.state().status().isTerminal()) {
                return DeleteReply.of(DeleteReply.Kind.NOT_TERMINAL, 0);
            }
            if (!whole.hidden() && isRetried(session, one.batchId())) {
                return DeleteReply.of(DeleteReply.Kind.IN_USE, 0);
            }
        }
        Slice done = deleteSlice(session, found.get(), slice);
        if (done.isLast()) {
            damages.gone(one.batchId());
        }
        return DeleteReply.of(
                done.isLast() ? DeleteReply.Kind.DELETED : DeleteReply.Kind.MORE, done.isLast() ? 1 : 0, done.files());
    }

    private DeleteReply purge(Session session, DeleteRequest.FinishedBefore old, int slice) throws SQLException {
        Set<Long> passedOver = new HashSet<>();
        long budget = slice;
        long batches = 0;
        long files = 0;
        while (budget > 0) {
            Optional<FoundBatch> next = next(session, old, passedOver);
            if (next.isEmpty()) {
                return DeleteReply.of(DeleteReply.Kind.DELETED, batches, files);
            }
            Slice done = deleteSlice(session, next.get(), budget);
            files += done.files();
            if (!done.isLast()) {
                return DeleteReply.of(DeleteReply.Kind.MORE, batches, files);
            }
            budget -= Math.max(1, done.files());
            batches++;
        }
        boolean more = next(session, old, passedOver).isPresent();
        return DeleteReply.of(more ? DeleteReply.Kind.MORE : DeleteReply.Kind.DELETED, batches, files);
    }

    /** The next batch to purge, locked: first what an earlier deletion has left behind. */
    private Optional<FoundBatch> next(Session session, DeleteRequest.FinishedBefore old, Set<Long> passedOver)
            throws SQLException {
        String project = old.projectId();
        String inProject = project == null ? "" : " and project = ?";
        String left = "select number from " + tables.batch() + " b where hidden = 1" + inProject;
        Optional<FoundBatch> hidden =
                first(session, left, "number", passedOver, args -> bind(args, project), true, old);
        if (hidden.isPresent()) {
            return hidden;
        }
        String ended = "select number from " + tables.batch() + " b where finished_us is not null and hidden = 0"
                + inProject + " and finished_us < ? and not exists (select 1 from " + tables.batch()
                + " r where r.retry_of = b.id and r.status < 3)";
        Session.Bind bind = args -> {
            bind(args, project);
            args.number(Micros.from(old.before()));
        };
        return first(session, ended, "finished_us", passedOver, bind, false, old);
    }

    /** The first batch of a query that is what an index says of it. Others are passed over: a purge deletes nothing that may be damaged. */
    private Optional<FoundBatch> first(
            Session session,
            String sql,
            String order,
            Set<Long> passedOver,
            Session.Bind bind,
            boolean hidden,
            DeleteRequest.FinishedBefore old)
            throws SQLException {
        while (true) {
            String rest = passedOver.isEmpty() ? "" : " and number not in (" + Args.marks(passedOver.size()) + ")";
            Optional<Long> number = session.queryOne(
                    sql + rest + " order by " + order + " limit 1"
                            + (hidden ? dialect.lockSkipping() : dialect.lockForDelete()),
                    args -> {
                        bind.to(args);
                        for (long passed : passedOver) {
                            args.number(passed);
                        }
                    },
                    ResultRow::number);
            if (number.isEmpty()) {
                return Optional.empty();
            }
            FoundBatch found = session.queryOne(findByNumber, args -> args.number(number.get()), BatchRows::read)
                    .orElseGet(() -> new FoundBatch(number.get(), "number " + number.get(), null));
            if (found.isDamaged()) {
                damages.found(found);
            } else if (mayGo(session, found.require(), hidden, old)) {
                return Optional.of(found);
            }
            passedOver.add(number.get());
        }
    }

    private boolean mayGo(Session session, NumberedBatch batch, boolean hidden, DeleteRequest.FinishedBefore old)
            throws SQLException {
        Instant finished = batch.batch().state().finishedAt();
        String project = old.projectId();
        // Asked again under the lock: a retry may have been created while the query waited for it.
        return (project == null
                        || project.equals(batch.batch().request().scope().projectId()))
                && batch.hidden() == hidden
                && (hidden || (finished != null && finished.isBefore(old.before()) && !isRetried(session, batch.id())));
    }

    private boolean isRetried(Session session, String batchId) throws SQLException {
        return session.queryNumber(isRetried, args -> args.text(batchId)) > 0;
    }

    private static void bind(Args args, @Nullable String project) throws SQLException {
        if (project != null) {
            args.text(project);
        }
    }

    /** What one slice deleted. */
    private record Slice(boolean isLast, long files) {}

    /** Hides a batch and deletes so many of its files, to the end of a page. */
    private Slice deleteSlice(Session session, FoundBatch batch, long slice) throws SQLException {
        hide(session, batch);
        long number = batch.number();
        Optional<Long> first = session.queryOne(
                "select first_ordinal from " + tables.page() + " where number = ? order by first_ordinal limit 1",
                args -> args.number(number),
                ResultRow::number);
        if (first.isPresent()) {
            long end = first.get() > Long.MAX_VALUE - slice ? Long.MAX_VALUE : first.get() + slice;
            Optional<Long> next = session.queryOne(
                    "select first_ordinal from " + tables.page()
                            + " where number = ? and first_ordinal >= ? order by first_ordinal limit 1",
                    args -> args.number(number).number(end),
                    ResultRow::number);
            if (next.isPresent() && next.get() > first.get()) {
                long files = deleteBelow(session, number, next.get());
                if (files > 0) { // nothing goes where the pages are damaged: then all go at once
                    return new Slice(false, files);
                }
            }
        }
        long files = deleteBelow(session, number, Long.MAX_VALUE);
        session.update("delete from " + tables.snapshot() + " where number = ?", args -> args.number(number));
        int batches =
                session.update("delete from " + tables.batch() + " where number = ?", args -> args.number(number));
        Written.one(batches, tables.batch());
        return new Slice(true, files);
    }

    private void hide(Session session, FoundBatch found) throws SQLException {
        NumberedBatch batch = found.batch();
        if (batch == null) {
            session.update(hide, args -> args.number(found.number()));
        } else if (!batch.hidden()) {
            rows.rewrite(session, batch.beingDeleted());
        }
    }

    /** How many files that were; 0 only where it has deleted nothing. */
    private long deleteBelow(Session session, long number, long ordinal) throws SQLException {
        Session.Bind below = args -> args.number(number).number(ordinal);
        long files = session.queryNumber(
                "select coalesce(sum(n), 0) from " + tables.page() + " where number = ? and first_ordinal < ?", below);
        int rows = 0;
        for (String byFirst : List.of(tables.page(), tables.success())) {
            rows += session.update("delete from " + byFirst + " where number = ? and first_ordinal < ?", below);
        }
        for (String byOrdinal : List.of(tables.delayed(), tables.file())) {
            rows += session.update("delete from " + byOrdinal + " where number = ? and ordinal < ?", below);
        }
        return rows == 0 ? 0 : Math.max(1, files);
    }
}
