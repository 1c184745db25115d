package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;

/**
 * Lists batches, also where the index of the list can't be read: the indexes are built again, or the rows are read without them, which have
 * all that a list tells. Any thread.
 */
final class BatchListing {
    private final IndexMending mending;
    private final Database database;
    private final ListQuery listing;
    private final DamageLog damages;
    private final Tables tables;
    private final Dialect dialect;

    BatchListing(
            IndexMending mending,
            Database database,
            ListQuery listing,
            DamageLog damages,
            Tables tables,
            Dialect dialect) {
        this.mending = mending;
        this.database = database;
        this.listing = listing;
        this.damages = damages;
        this.tables = tables;
        this.dialect = dialect;
    }

    BatchPage list(BatchQuery query) {
        try {
            return mending.read(session -> listing.run(session, query, ""));
        } catch (BatchEngineException failure) {
            if (!UnreadableBatches.isDamage(failure)) {
                throw failure;
            }
            return withoutIndex(query, failure);
        }
    }

    private BatchPage withoutIndex(BatchQuery query, BatchEngineException failure) {
        String index = tables.prefix() + ListQuery.index(query);
        if (!dialect.withoutIndex().isEmpty()) {
            try {
                BatchPage page = database.read(session -> listing.run(session, query, dialect.withoutIndex()));
                damages.found(
                        index,
                        Text.format(
                                "the index %s can't be read, and lists that need it read the table %s instead, which is slow; check the disk,"
                                        + " then restore a backup",
                                index, tables.batch()));
                return page;
            } catch (BatchEngineException again) {
                if (!UnreadableBatches.isDamage(again)) {
                    throw again;
                }
            }
        }
        String message = Text.format(
                "batches can't be listed: a page of the index %s or of the table %s is damaged; each batch on another page is found by its id;"
                        + " check the disk, then restore a backup (%s)",
                index, tables.batch(), Text.describe(failure));
        damages.found(index, message);
        throw BatchEngineException.of(ErrorCode.STORE_CORRUPT, message, failure);
    }
}
