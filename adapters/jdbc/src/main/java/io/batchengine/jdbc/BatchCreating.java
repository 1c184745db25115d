package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchKey;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.CreateResult;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Creates and finds batches, and records that they are to be cancelled. */
final class BatchCreating {
    private final BatchRows rows;
    private final DamageLog damages;
    private final String table;
    private final String countTaken;
    private final String findById;
    private final String findByKey;
    private final String lockOrigin;
    private final String lockForCancel;
    private final DamagedRows damaged;

    BatchCreating(Tables tables, Dialect dialect, BatchRows rows, DamageLog damages) {
        this.rows = rows;
        this.damages = damages;
        table = tables.batch();
        countTaken = "select count(*) from " + table + " where id = ? or (project = ? and idempotency_key = ?)";
        // By its number, so that the id that is read is the row's and not that of an index.
        findById = rows.select() + " where b.number = (select number from " + tables.batch() + " where id = ?)";
        findByKey = rows.select() + " where project = ? and idempotency_key = ?";
        lockOrigin = "select number from " + tables.batch() + " b where id = ? and project = ? and hidden = 0"
                + dialect.lockAgainstDelete();
        lockForCancel = dialect.lockForUpdate();
        damaged = new DamagedRows(tables, rows);
    }

    Optional<StoredBatch> find(Session session, BatchKey key) throws SQLException {
        return found(session, key, "").map(found -> require(key, found)).map(NumberedBatch::batch);
    }

    /**
     * Creates a batch.
     *
     * @param place which number it gets
     */
    CreateResult create(Session session, BatchRecord batch, NewNumbers.Place place) throws SQLException {
        String project = batch.scope().projectId();
        Optional<StoredBatch> known = known(session, batch);
        if (known.isEmpty() && batch.retryOf() != null) {
            // Locked, so that no deletion begins before the retry is there to forbid it.
            boolean there = session.queryOne(
                            lockOrigin, args -> args.text(batch.retryOf()).text(project), ResultRow::number)
                    .isPresent();
            if (!there) {
                return new CreateResult.OriginMissing();
            }
        }
        if (known.isEmpty()) {
            if (rows.insert(session, batch, place)) {
                return new CreateResult.Created(StoredBatch.created(batch));
            }
            known = known(session, batch); // another was quicker
            if (known.isEmpty() && !isTaken(session, batch)) {
                throw Written.refused(table, 1, 0);
            }
        }
        StoredBatch before = known.orElseThrow(() -> BatchEngineException.of(
                ErrorCode.STORE_UNAVAILABLE,
                Text.format(
                        "batch %s can't be created while the one that had its id or key before is being deleted; try again",
                        Text.quote(batch.id()))));
        return before.request().fingerprint().equals(batch.fingerprint())
                ? new CreateResult.Existing(before)
                : new CreateResult.Conflict(before);
    }

    /** Whether a row has the id or the idempotency key of a batch, hidden ones too. */
    private boolean isTaken(Session session, BatchRecord batch) throws SQLException {
        return session.queryNumber(
                        countTaken,
                        args -> args.text(batch.id())
                                .text(batch.scope().projectId())
                                .text(batch.idempotencyKey()))
                > 0;
    }

    CancelReply requestCancel(Session session, BatchKey key) throws SQLException {
        Optional<FoundBatch> found = found(session, key, lockForCancel);
        if (found.isEmpty()) {
            return CancelReply.of(CancelReply.Kind.NOT_FOUND, null);
        }
        if (found.get().isDamaged() && key instanceof BatchKey.ById byId) {
            CancelReply reply = damaged.cancel(session, byId.batchId(), found.get());
            damages.gone(byId.batchId());
            return reply;
        }
        NumberedBatch before = require(key, found.get());
        StoredBatch batch = before.batch();
        if (batch.state().status().isTerminal()) {
            return CancelReply.of(CancelReply.Kind.ALREADY_TERMINAL, batch);
        }
        if (!batch.state().cancelRequested()) {
            rows.update(session, List.of(new Change(before, before.with(batch.withCancelRequested()))));
        }
        return CancelReply.of(CancelReply.Kind.REQUESTED, batch.withCancelRequested());
    }

    private Optional<StoredBatch> known(Session session, BatchRecord batch) throws SQLException {
        String project = batch.scope().projectId();
        String key = batch.idempotencyKey();
        Optional<StoredBatch> byKey =
                key == null ? Optional.empty() : find(session, new BatchKey.ByIdempotencyKey(project, key));
        return byKey.isPresent()
                ? byKey
                : session.queryOne(findById, args -> args.text(batch.id()), BatchRows::read)
                        .map(found -> require(new BatchKey.ById(project, batch.id()), found))
                        .filter(found -> !found.hidden())
                        .map(NumberedBatch::batch);
    }

    /** The batch of a key; of a damaged one nothing is certain, its project and its deletion neither. */
    private Optional<FoundBatch> found(Session session, BatchKey key, String lock) throws SQLException {
        Optional<FoundBatch> found = key instanceof BatchKey.ById byId
                ? session.queryOne(findById + lock, args -> args.text(byId.batchId()), BatchRows::read)
                : byKey(session, (BatchKey.ByIdempotencyKey) key, lock);
        return found.filter(batch -> batch.isDamaged() || isOf(key, batch.require()));
    }

    private Optional<FoundBatch> byKey(Session session, BatchKey.ByIdempotencyKey key, String lock)
            throws SQLException {
        return session.queryOne(
                findByKey + lock, args -> args.text(key.projectId()).text(key.idempotencyKey()), BatchRows::read);
    }

    private static boolean isOf(BatchKey key, NumberedBatch batch) {
        String project =
                key instanceof BatchKey.ById byId ? byId.projectId() : ((BatchKey.ByIdempotencyKey) key).projectId();
        if (key instanceof BatchKey.ById byId && !byId.batchId().equals(batch.id())) {
            return true; // a damaged index has led to another batch, of which nothing may be told
        }
        return !batch.hidden() && batch.batch().request().scope().projectId().equals(project);
    }

    /** The batch, if it is whole and the one of the key: a damaged index may have led to another. */
    private NumberedBatch require(BatchKey key, FoundBatch found) {
        String id = key instanceof BatchKey.ById byId ? byId.batchId() : found.id();
        if (found.isDamaged() || !found.id().equals(id)) {
            throw damages.noted(id, FoundBatch.damage(id));
        }
        NumberedBatch batch = found.require();
        if (key instanceof BatchKey.ByIdempotencyKey byKey
                && !byKey.idempotencyKey().equals(batch.batch().request().idempotencyKey())) {
            throw Failures.corrupt(Text.format(
                    "the index of idempotency keys is damaged: it names batch %s, which has not the key %s",
                    Text.quote(id), Text.quote(byKey.idempotencyKey())));
        }
        return batch;
    }
}
