package io.batchengine.jdbc;

import io.batchengine.jdbc.BatchRows.Numbered;
import io.batchengine.model.BatchStatus;
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
    static void bind(Args args, Numbered batch) throws SQLException {
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
    static Optional<Numbered> read(ResultRow row, long number, String id, BatchRecord request) throws SQLException {
        row.begin();
        long pageEnd = row.number();
        boolean hasDelayed = row.flag();
        int status = row.integer();
        long version = row.number();
        long epoch = row.number();
        long claimToken = row.number();
        String owner = row.uncoveredTextOrNull();
        int crashes = row.integer();
        boolean cancelRequested = row.flag();
        boolean listingEnded = row.flag();
        String listedTo = row.textOrNull();
        long settledBelow = row.number();
        // In the order in which the counters are declared.
        FileCounts counts = FileCounts.builder()
                .listed(row.number())
                .duplicates(row.number())
                .mappingErrors(row.number())
                .succeeded(row.number())
                .failed(row.number())
                .cancelled(row.number())
                .build();
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
        BatchStatus known = Codes.status(status);
        BatchState state = BatchState.builder()
                .status(known)
                .version(version)
                .epoch(epoch)
                .claimToken(claimToken)
                .owner(owner)
                .crashes(crashes)
                .cancelRequested(cancelRequested)
                .listingEnded(listingEnded)
                .listedTo(listedTo)
                .settledBelow(settledBelow)
                .counts(counts)
                .reason(
                        code == null || message == null || since == null
                                ? null
                                : StatusReason.of(StatusReason.Code.valueOf(code), message, Micros.at(since))
                                        .withUntil(Micros.orNull(until)))
                .updatedAt(Micros.at(updated))
                .startedAt(Micros.orNull(started))
                .finishedAt(Micros.orNull(finished))
                .build();
        return Optional.of(new Numbered(id, number, pageEnd, hasDelayed, hidden, StoredBatch.of(request, state)));
    }
}
