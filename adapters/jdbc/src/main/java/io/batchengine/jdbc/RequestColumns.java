package io.batchengine.jdbc;

import io.batchengine.model.BatchConfig;
import io.batchengine.model.JobType;
import io.batchengine.model.Scope;
import io.batchengine.spi.ConfigurationSnapshot;
import io.batchengine.spi.store.BatchRecord;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The columns of a batch's row that never change, its id first. One checksum covers them; the deletion of the batch alone breaks it. */
final class RequestColumns {
    static final String NAMES = "id, directory_key, claim_order_us, organization, project, directory, job_type,"
            + " configuration_id, job_id_prefix, options, priority, idempotency_key, fingerprint, requested_by, retry_of,"
            + " created_us, request_checksum";

    private static final int KEY_BYTES = 16;

    private RequestColumns() {}

    /** The key by which a directory is indexed: its id may be longer than an index takes. */
    static byte[] directoryKey(String directoryId) {
        return Arrays.copyOf(Digests.sha256(StoredText.encode(directoryId)), KEY_BYTES);
    }

    /** Sets all of them. */
    static void bind(Args args, BatchRecord batch) throws SQLException {
        args.begin()
                .text(batch.id())
                .bytes(directoryKey(batch.sourceDirectoryId()))
                .number(Micros.of(batch.claimOrder()))
                .text(batch.scope().organizationId())
                .text(batch.scope().projectId())
                .text(batch.sourceDirectoryId())
                .text(batch.config().job().type().name())
                .text(batch.config().job().configurationId())
                .text(batch.jobIdPrefix())
                .text(OptionsText.write(batch.options()))
                .integer(batch.options().priority())
                .text(batch.idempotencyKey())
                .text(batch.fingerprint())
                .text(batch.requestedBy())
                .text(batch.retryOf())
                .number(Micros.of(batch.createdAt()))
                .checksum();
    }

    /** Reads them all, and then the snapshot with its checksum; null where one of both is damaged. */
    static @Nullable BatchRecord read(ResultRow row, long number) throws SQLException {
        row.begin();
        String id = row.text();
        row.bytes();
        row.number();
        String organization = row.textOrNull();
        String project = row.text();
        String directory = row.text();
        String type = row.text();
        String configurationId = row.text();
        String prefix = row.text();
        String options = row.text();
        int priority = row.integer();
        String key = row.textOrNull();
        String fingerprint = row.text();
        String requestedBy = row.textOrNull();
        String retryOf = row.textOrNull();
        long created = row.number();
        boolean whole = row.isWhole();
        String configuration = row.begin().covers(number).text();
        if (!row.covers(id).isWhole() || !whole) {
            return null;
        }
        return BatchRecord.builder()
                .id(id)
                .scope(new Scope(organization, project))
                .sourceDirectoryId(directory)
                .config(BatchConfig.of(JobType.of(type), configurationId))
                .configuration(ConfigurationSnapshot.of(configuration))
                .jobIdPrefix(prefix)
                .options(OptionsText.read(options, priority))
                .idempotencyKey(key)
                .fingerprint(fingerprint)
                .requestedBy(requestedBy)
                .retryOf(retryOf)
                .createdAt(Micros.at(created))
                .build();
    }
}
