package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.BatchKey;
import io.batchengine.spi.CancelReply;
import io.batchengine.spi.Creating;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.StoredBatch;
import java.sql.SQLException;
import java.util.Optional;

/** Creates and finds batches, and records that they are to be cancelled. */
final class BatchCreating {
    private final BatchRows rows;
    private final String findById;
    private final String findByKey;
    private final String findAnywhere;
    private final String lockOrigin;
    private final String lockForCancel;
    private final String requestCancel;

    BatchCreating(Tables tables, Dialect dialect, BatchRows rows) {
        this.rows = rows;
        findById = rows.select() + " where id = ? and project = ? and hidden = 0";
        findByKey = rows.select() + " where project = ? and idempotency_key = ? and hidden = 0";
        findAnywhere = rows.select() + " where id = ? and hidden = 0";
        lockOrigin = "select number from " + tables.batch() + " b where id = ? and project = ? and hidden = 0"
                + dialect.lockAgainstDelete();
        lockForCancel = dialect.lockForUpdate();
        requestCancel = "update " + tables.batch() + " set cancel_requested = 1 where number = ?";
    }

    Optional<StoredBatch> find(Session session, BatchKey key) throws SQLException {
        return numbered(session, key, "").map(Numbered::batch);
    }

    Creating create(Session session, NewBatch batch) throws SQLException {
        String project = batch.scope().projectId();
        Optional<StoredBatch> known = known(session, batch);
        if (known.isEmpty() && batch.retryOf() != null) {
            // Locked, so that no deletion begins before the retry is there to forbid it.
            boolean there = session.queryOne(
                            lockOrigin, args -> args.text(batch.retryOf()).text(project), Row::number)
                    .isPresent();
            if (!there) {
                return new Creating.OriginMissing();
            }
        }
        if (known.isEmpty()) {
            if (rows.insert(session, batch)) {
                return new Creating.Created(StoredBatch.created(batch));
            }
            known = known(session, batch); // another was quicker
        }
        StoredBatch before = known.orElseThrow(() -> BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "batch %s can't be created while the one that had its id or key before is being deleted; try again",
                        Text.quote(batch.id()))));
        return before.request().fingerprint().equals(batch.fingerprint())
                ? new Creating.Existing(before)
                : new Creating.Conflict(before);
    }

    CancelReply requestCancel(Session session, BatchKey key) throws SQLException {
        Optional<Numbered> found = numbered(session, key, lockForCancel);
        if (found.isEmpty()) {
            return new CancelReply(CancelReply.Kind.NOT_FOUND, null);
        }
        StoredBatch batch = found.get().batch();
        if (batch.state().status().isTerminal()) {
            return new CancelReply(CancelReply.Kind.ALREADY_TERMINAL, batch);
        }
        if (!batch.state().cancelRequested()) {
            session.update(requestCancel, args -> args.number(found.get().number()));
        }
        return new CancelReply(CancelReply.Kind.REQUESTED, batch.withCancelRequested());
    }

    private Optional<StoredBatch> known(Session session, NewBatch batch) throws SQLException {
        String key = batch.idempotencyKey();
        Optional<StoredBatch> byKey = key == null
                ? Optional.empty()
                : find(session, new BatchKey.ByIdempotencyKey(batch.scope().projectId(), key));
        return byKey.isPresent()
                ? byKey
                : session.queryOne(findAnywhere, args -> args.text(batch.id()), BatchRows::read)
                        .map(Numbered::batch);
    }

    private Optional<Numbered> numbered(Session session, BatchKey key, String lock) throws SQLException {
        if (key instanceof BatchKey.ById byId) {
            return session.queryOne(
                    findById + lock, args -> args.text(byId.batchId()).text(byId.projectId()), BatchRows::read);
        }
        BatchKey.ByIdempotencyKey byKey = (BatchKey.ByIdempotencyKey) key;
        return session.queryOne(
                findByKey + lock, args -> args.text(byKey.projectId()).text(byKey.idempotencyKey()), BatchRows::read);
    }
}
