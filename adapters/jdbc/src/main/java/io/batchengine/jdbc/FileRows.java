package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.FileQuery;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files: their ids from pages, their ends from the settled ones, what waits from the delayed ones.
 *
 * <p>Each query sees its own moment. Delayed rows are read before settled ones, so that a file that is settled meanwhile is never seen as
 * neither; and a batch is looked up once more at the end, so that one whose deletion has begun is not seen in parts, nor as damaged.
 */
final class FileRows {
    private record OwnJob(String batchId, long ordinal) {}

    private final FileReading reading;
    private final DamageLog damages;
    private final String findBatch;
    private final String isThere;
    private final String findJob;

    FileRows(Tables tables, BatchRows rows, SettledRows settled, DamageLog damages) {
        this.reading = new FileReading(tables, settled);
        this.damages = damages;
        findBatch = rows.selectState() + " where id = ?";
        isThere = "select number from " + tables.batch() + " where id = ? and hidden = 0";
        findJob = "select b.id, f.ordinal from " + tables.file() + " f join " + tables.batch()
                + " b on b.number = f.number where f.job_id = ? and b.project = ? and b.hidden = 0"
                + " order by f.number desc limit 1";
    }

    List<FileRecord> read(Session session, FileQuery query) throws SQLException {
        return query instanceof FileQuery.InBatch inBatch
                ? read(session, inBatch)
                : read(session, (FileQuery.ByJob) query);
    }

    private List<FileRecord> read(Session session, FileQuery.ByJob byJob) throws SQLException {
        Optional<OwnJob> job = session.queryOne(
                findJob,
                args -> args.text(byJob.jobId()).text(byJob.projectId()),
                row -> new OwnJob(row.text(), row.number()));
        if (job.isEmpty()) {
            return List.of();
        }
        String batchId = job.get().batchId;
        long ordinal = job.get().ordinal;
        List<FileRecord> found = read(session, FileQuery.InBatch.of(batchId, ordinal, ordinal + 1, Set.of(), 1));
        for (FileRecord file : found) {
            SettledFile end = file.settled();
            if (end == null || !byJob.jobId().equals(end.jobId())) {
                throw damages.noted(
                        batchId,
                        Failures.corrupt(Text.format(
                                "the index of job ids is damaged: it names a file of batch %s that has not the job %s",
                                Text.quote(batchId), Text.quote(byJob.jobId()))));
            }
        }
        return found;
    }

    private List<FileRecord> read(Session session, FileQuery.InBatch query) throws SQLException {
        Optional<NumberedBatch> batch = find(session, query.batchId());
        if (batch.isEmpty()) {
            return List.of();
        }
        return whole(session, batch.get(), () -> reading.read(session, batch.get(), query));
    }

    /** A delayed row is deleted by the write that settles its file, so none of these is settled. */
    List<FileRecord> read(Session session, DelayedQuery query) throws SQLException {
        Optional<NumberedBatch> batch = find(session, query.batchId());
        return batch.isEmpty()
                ? List.of()
                : whole(session, batch.get(), () -> reading.readWaiting(session, batch.get(), query));
    }

    /** Reads files of a batch. */
    private interface Read {
        List<FileRecord> files() throws SQLException;
    }

    private List<FileRecord> whole(Session session, NumberedBatch batch, Read read) throws SQLException {
        List<FileRecord> found;
        try {
            found = read.files();
        } catch (BatchEngineException failure) {
            if (failure.code() != ErrorCode.STORE_CORRUPT) {
                throw failure;
            }
            if (!isStillThere(session, batch)) {
                return List.of();
            }
            throw damages.noted(batch.id(), failure);
        }
        return isStillThere(session, batch) ? found : List.of();
    }

    private Optional<NumberedBatch> find(Session session, String batchId) throws SQLException {
        Optional<FoundBatch> found = session.queryOne(findBatch, args -> args.text(batchId), BatchRows::readState);
        if (found.isPresent() && (found.get().isDamaged() || !found.get().id().equals(batchId))) {
            throw damages.noted(batchId, FoundBatch.damage(batchId));
        }
        return found.map(FoundBatch::require).filter(batch -> !batch.hidden());
    }

    private boolean isStillThere(Session session, NumberedBatch batch) throws SQLException {
        return session.queryOne(isThere, args -> args.text(batch.id()), ResultRow::number)
                .filter(number -> number == batch.number())
                .isPresent();
    }
}
