package io.batchengine.jdbc;

import io.batchengine.model.FileCounts;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.BatchState;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The columns of a batch's row that commits and claims write. One checksum covers all of them but the owner, which a release sets alone. */
final class StateColumns {
    static final String NAMES =
            "page_end, has_delayed, status, version, epoch, claim_token, owner, crashes, cancel_requested,"
                    + " listing_ended, listed_to, settled_below, listed, duplicates, mapping_errors, succeeded, failed, cancelled,"
                    + " reason_code, reason_message, reason_since_us, reason_until_us, updated_us, started_us, finished_us, hidden,"
                    + " state_checksum";

    private StateColumns() {}

    /** Sets all of them. */
    static void bind(Args args, NumberedBatch batch) throws SQLException {
        BatchState s = batch.batch().state();
        args.begin()
                .number(batch.pageEnd())
                .flag(batch.hasDelayed())
                .integer(Codes.of(s.status()))
                .number(s.version())
                .number(s.epoch())
                .number(s.claimToken())
                .uncoveredText(s.owner())
                .integer(s.crashes())
                .flag(s.cancelRequested())
                .flag(s.listingEnded())
                .text(s.listedTo())
                .number(s.settledBelow());
        bind(args, s.counts());
        bind(args, s.reason());
        args.number(Micros.of(s.updatedAt()))
                .numberOrNull(Micros.orNull(s.startedAt()))
                .numberOrNull(Micros.orNull(s.finishedAt()))
                .flag(batch.hidden())
                .covers(batch.id())
                .covers(linked(s.version(), batch.number()))
                .checksum();
    }

    private static void bind(Args args, FileCounts counts) throws SQLException {
        args.number(counts.listed())
                .number(counts.duplicates())
                .number(counts.mappingErrors())
                .number(counts.succeeded())
                .number(counts.failed())
                .number(counts.cancelled());
    }

    private static void bind(Args args, @Nullable StatusReason reason) throws SQLException {
        args.text(reason == null ? null : reason.code().name())
                .text(reason == null ? null : reason.message())
                .numberOrNull(reason == null ? null : Micros.of(reason.since()))
                .numberOrNull(reason == null ? null : Micros.orNull(reason.until()));
    }

    /** A batch's number is not known when its row is inserted; until the first claim its snapshot alone tells that they belong together. */
    private static long linked(long version, long number) {
        return version == 0 ? 0 : number;
    }

    /** Reads them all; empty where they are damaged. The request stands in for the batch's own. */
    static Optional<NumberedBatch> read(ResultRow row, long number, String id, BatchRecord request)
            throws SQLException {
        row.begin();
        long pageEnd = row.number();
        boolean hasDelayed = row.flag();
        int status = row.integer();
        // In the order of the columns.
        long version = row.number();
        BatchState.Builder state = BatchState.builder()
                .version(version)
                .epoch(row.number())
                .claimToken(row.number())
                .owner(row.uncoveredTextOrNull())
                .crashes(row.integer())
                .cancelRequested(row.flag())
                .listingEnded(row.flag())
                .listedTo(row.textOrNull())
                .settledBelow(row.number())
                .counts(counts(row));
        String code = row.textOrNull();
        String message = row.textOrNull();
        Long since = row.numberOrNull();
        Long until = row.numberOrNull();
        long updated = row.number();
        Long started = row.numberOrNull();
        Long finished = row.numberOrNull();
        boolean hidden = row.flag();
        if (!row.covers(id).covers(linked(version, number)).isWhole()) {
            return Optional.empty();
        }
        // What a damaged row could make fail.
        state.status(Codes.status(status))
                .reason(reason(code, message, since, until))
                .updatedAt(Micros.at(updated))
                .startedAt(Micros.orNull(started))
                .finishedAt(Micros.orNull(finished));
        return Optional.of(
                new NumberedBatch(id, number, pageEnd, hasDelayed, hidden, StoredBatch.of(request, state.build())));
    }

    private static FileCounts counts(ResultRow row) throws SQLException {
        return FileCounts.builder()
                .listed(row.number())
                .duplicates(row.number())
                .mappingErrors(row.number())
                .succeeded(row.number())
                .failed(row.number())
                .cancelled(row.number())
                .build();
    }

    private static @Nullable StatusReason reason(
            @Nullable String code, @Nullable String message, @Nullable Long since, @Nullable Long until) {
        return code == null || message == null || since == null
                ? null
                : StatusReason.of(StatusReason.Code.valueOf(code), message, Micros.at(since))
                        .withUntil(Micros.orNull(until));
    }
}
