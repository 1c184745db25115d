package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Change;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.CancelReply;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends batches whose row is damaged. No engine claims such a batch, so a cancel request could wait for ever: the store ends it itself and
 * writes a whole state, with counters that it takes from the rows.
 */
final class DamagedRows {
    /** Above each version and epoch that an engine may hold of it, so that its writes are refused. */
    private static final long FENCE = 1L << 40;

    private final BatchRows rows;
    private final String table;
    private final String findState;
    private final String readPageEnd;
    private final String countSuccesses;
    private final String countTold;
    private final String write;

    DamagedRows(Tables tables, BatchRows rows) {
        this.rows = rows;
        this.table = tables.batch();
        findState = rows.selectState() + " where id = ?";
        readPageEnd = "select coalesce(max(first_ordinal + n), 0) from " + tables.page() + " where number = ?";
        countSuccesses = "select coalesce(sum(n), 0) from " + tables.success() + " where number = ?";
        countTold = "select count(*) from " + tables.file() + " where number = ? and outcome = ?";
        write = rows.updateAny() + " where id = ?";
    }

    CancelReply cancel(Session session, String batchId, FoundBatch found) throws SQLException {
        NumberedBatch state = session.queryOne(findState, args -> args.text(batchId), BatchRows::readState)
                .map(FoundBatch::batch)
                .orElse(null);
        if (state != null && state.batch().state().status().isTerminal()) {
            throw FoundBatch.damage(batchId); // it has ended, and what it was created with can't be read
        }
        if (state != null) {
            rows.update(session, List.of(new Change(state, state.with(cancelled(state.batch())))));
        } else {
            NumberedBatch counted = counted(session, batchId, found.number());
            int written = session.update(write, args -> {
                StateColumns.bind(args, counted);
                args.text(batchId);
            });
            Written.one(written, table);
        }
        return CancelReply.of(CancelReply.Kind.ENDED, null);
    }

    private static StoredBatch cancelled(StoredBatch batch) {
        BatchState s = batch.state();
        return ended(batch.request(), s.version(), s.epoch(), s.listedTo(), s.settledBelow(), s.counts());
    }

    /** What the rows that name it tell, as its own does not. */
    private NumberedBatch counted(Session session, String batchId, long number) throws SQLException {
        long pageEnd = session.queryNumber(readPageEnd, args -> args.number(number));
        FileCounts counts = FileCounts.builder()
                .listed(pageEnd)
                .mappingErrors(told(session, number, FileOutcome.MAPPING_ERROR))
                .succeeded(session.queryNumber(countSuccesses, args -> args.number(number))
                        + told(session, number, FileOutcome.SUCCEEDED))
                .failed(told(session, number, FileOutcome.FAILED))
                .cancelled(told(session, number, FileOutcome.CANCELLED))
                .build();
        StoredBatch batch = ended(BatchRows.NOT_READ, FENCE, FENCE, null, 0, counts);
        return new NumberedBatch(batchId, number, pageEnd, true, false, batch);
    }

    private long told(Session session, long number, FileOutcome outcome) throws SQLException {
        return session.queryNumber(countTold, args -> args.number(number).integer(Codes.of(outcome)));
    }

    private static StoredBatch ended(
            BatchRecord request,
            long version,
            long epoch,
            @Nullable String listedTo,
            long settledBelow,
            FileCounts counts) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        StatusReason reason = StatusReason.of(
                StatusReason.Code.STORE_CORRUPT,
                "rows of the batch were damaged in the store when it was cancelled",
                now);
        return StoredBatch.of(
                request,
                BatchState.builder()
                        .status(BatchStatus.CANCELLED)
                        .version(version + 1)
                        .epoch(epoch + 1)
                        .cancelRequested(true)
                        .listedTo(listedTo)
                        .settledBelow(settledBelow)
                        .counts(counts)
                        .reason(reason)
                        .updatedAt(now)
                        .finishedAt(now)
                        .build());
    }
}
