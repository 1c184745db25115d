package io.batchengine.jdbc;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.BatchOptions;
import io.batchengine.model.FileCounts;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.model.StatusReason;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.NewBatch;
import io.batchengine.spi.StoredBatch;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches as rows: how they are written and read back. */
final class BatchRows {
    /**
     * A batch with what only its row tells.
     *
     * @param id its id
     * @param number what its other rows name it by
     * @param pageEnd the ordinal behind its last recorded page
     * @param hasParked whether a file of it was ever parked
     * @param batch the batch
     */
    record Numbered(String id, long number, long pageEnd, boolean hasParked, StoredBatch batch) {}

    private static final int KEY_BYTES = 16;
    /** Stands in where only the state is read: neither a judgement nor the next state asks for more. */
    private static final NewBatch NOT_READ = new NewBatch(
            "",
            Scope.ofProject("none"),
            "",
            BatchConfig.of(JobType.of("none"), "none"),
            ConfigurationSnapshot.EMPTY,
            "",
            BatchOptions.DEFAULT,
            null,
            "",
            null,
            null,
            Instant.EPOCH);

    private static final String REQUEST_COLUMNS = "organization, project, directory, job_type, configuration_id,"
            + " job_id_prefix, options, priority, idempotency_key, fingerprint, requested_by, retry_of, created_us,"
            + " configuration";
    private static final String STATE_COLUMNS = "status, version, epoch, claim_token, owner, deaths, cancel_requested,"
            + " listing_ended, listed_to, settled_below, listed, duplicates, mapping_errors, succeeded, failed, cancelled,"
            + " reason_code, reason_message, reason_since_us, reason_until_us, updated_us, started_us, finished_us";

    private final String select;
    private final String selectState;
    private final String insert;
    private final String insertSnapshot;
    private final String update;

    BatchRows(Tables tables) {
        select = "select b.number, page_end, has_parked, id, " + STATE_COLUMNS + ", " + REQUEST_COLUMNS + " from "
                + tables.batch() + " b join " + tables.snapshot() + " s on s.number = b.number";
        selectState = "select number, page_end, has_parked, id, " + STATE_COLUMNS + " from " + tables.batch();
        insert = "insert into " + tables.batch() + "(id, organization, project, directory, directory_key, job_type,"
                + " configuration_id, job_id_prefix, options, priority, idempotency_key, fingerprint, requested_by,"
                + " retry_of, created_us, claim_order_us, updated_us) values (" + Args.marks(17)
                + ") on conflict do nothing";
        insertSnapshot = "insert into " + tables.snapshot() + "(number, configuration) select number, ? from "
                + tables.batch() + " where id = ?";
        update = "update " + tables.batch() + " set " + STATE_COLUMNS.replace(",", " = ?,")
                + " = ?, page_end = ?, has_parked = ?"
                + " where number = ? and version = ? and epoch = ? and claim_token = ?";
    }

    /** Columns and tables that {@link #read} needs; the batch's table is {@code b}. */
    String select() {
        return select;
    }

    /** The same with the state alone, for {@link #readState}. */
    String selectState() {
        return selectState;
    }

    static Numbered read(Row row) throws SQLException {
        return read(row, true);
    }

    static Numbered readState(Row row) throws SQLException {
        return read(row, false);
    }

    /** The key by which a directory is indexed: its id may be longer than an index takes. */
    static byte[] directoryKey(String directoryId) {
        return Arrays.copyOf(Digests.sha256(StoredText.encode(directoryId)), KEY_BYTES);
    }

    /** Whether it was inserted: not where its id or its idempotency key is taken. */
    boolean insert(Session session, NewBatch batch) throws SQLException {
        long created = Micros.of(batch.createdAt());
        int inserted = session.update(
                insert,
                args -> args.text(batch.id())
                        .text(batch.scope().organizationId())
                        .text(batch.scope().projectId())
                        .text(batch.sourceDirectoryId())
                        .bytes(directoryKey(batch.sourceDirectoryId()))
                        .text(batch.config().job().type().name())
                        .text(batch.config().job().configurationId())
                        .text(batch.jobIdPrefix())
                        .text(OptionsText.write(batch.options()))
                        .integer(batch.options().priority())
                        .text(batch.idempotencyKey())
                        .text(batch.fingerprint())
                        .text(batch.requestedBy())
                        .text(batch.retryOf())
                        .number(created)
                        .number(Micros.of(batch.claimOrder()))
                        .number(created));
        if (inserted == 0) {
            return false;
        }
        session.update(
                insertSnapshot, args -> args.text(batch.configuration().text()).text(batch.id()));
        return true;
    }

    /** A batch as it was, and as it is to be. */
    record Change(Numbered before, StoredBatch after, long pageEnd, boolean hasParked) {}

    /** Writes the states of batches whose rows are locked and were read in this transaction. */
    void update(Session session, List<Change> changes) throws SQLException {
        int[] counts = session.updateAll(update, changes, BatchRows::bind);
        for (int count : counts) {
            if (count != 1) {
                throw new IllegalStateException("a locked batch was changed by another transaction");
            }
        }
    }

    private static void bind(Args args, Change change) throws SQLException {
        StoredBatch.State s = change.after.state();
        FileCounts counts = s.counts();
        StatusReason reason = s.reason();
        args.integer(Codes.of(s.status()))
                .number(s.version())
                .number(s.epoch())
                .number(s.claimToken())
                .text(s.owner())
                .integer(s.deaths())
                .flag(s.cancelRequested())
                .flag(s.listingEnded())
                .text(s.listedTo())
                .number(s.settledBelow())
                .number(counts.listed())
                .number(counts.duplicates())
                .number(counts.mappingErrors())
                .number(counts.succeeded())
                .number(counts.failed())
                .number(counts.cancelled())
                .text(reason == null ? null : reason.code().name())
                .text(reason == null ? null : reason.message())
                .numberOrNull(reason == null ? null : Micros.of(reason.since()))
                .numberOrNull(reason == null ? null : Micros.orNull(reason.until()))
                .number(Micros.of(s.updatedAt()))
                .numberOrNull(Micros.orNull(s.startedAt()))
                .numberOrNull(Micros.orNull(s.finishedAt()))
                .number(change.pageEnd)
                .flag(change.hasParked)
                .number(change.before.number)
                .number(change.before.batch.state().version())
                .number(change.before.batch.state().epoch())
                .number(change.before.batch.state().claimToken());
    }

    private static Numbered read(Row row, boolean withRequest) throws SQLException {
        long number = row.number();
        long pageEnd = row.number();
        boolean hasParked = row.flag();
        String id = row.text();
        StoredBatch.State state = new StoredBatch.State(
                Codes.status(row.integer()),
                row.number(),
                row.number(),
                row.number(),
                row.textOrNull(),
                row.integer(),
                row.flag(),
                row.flag(),
                row.textOrNull(),
                row.number(),
                counts(row),
                reason(row),
                Micros.at(row.number()),
                Micros.orNull(row.numberOrNull()),
                Micros.orNull(row.numberOrNull()));
        return new Numbered(
                id, number, pageEnd, hasParked, new StoredBatch(withRequest ? request(id, row) : NOT_READ, state));
    }

    /** The columns stand in the order in which the counters are declared. */
    private static FileCounts counts(Row row) throws SQLException {
        return new FileCounts(row.number(), row.number(), row.number(), row.number(), row.number(), row.number());
    }

    private static @Nullable StatusReason reason(Row row) throws SQLException {
        String code = row.textOrNull();
        String message = row.textOrNull();
        Long since = row.numberOrNull();
        Long until = row.numberOrNull();
        return code == null || message == null || since == null
                ? null
                : new StatusReason(StatusReason.Code.valueOf(code), message, Micros.at(since), Micros.orNull(until));
    }

    private static NewBatch request(String id, Row row) throws SQLException {
        Scope scope = new Scope(row.textOrNull(), row.text());
        String directory = row.text();
        BatchConfig config = BatchConfig.of(JobType.of(row.text()), row.text());
        String prefix = row.text();
        BatchOptions options = OptionsText.read(row.text(), row.integer());
        String key = row.textOrNull();
        String fingerprint = row.text();
        String requestedBy = row.textOrNull();
        String retryOf = row.textOrNull();
        Instant created = Micros.at(row.number());
        ConfigurationSnapshot configuration = new ConfigurationSnapshot(row.text());
        return new NewBatch(
                id,
                scope,
                directory,
                config,
                configuration,
                prefix,
                options,
                key,
                fingerprint,
                requestedBy,
                retryOf,
                created);
    }
}
