package io.batchengine.jdbc;

import io.batchengine.jdbc.NewNumbers.Place;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.CreateResult;

/**
 * Creates batches, also where the database can't read the page that the next row belongs on. SQLite gives each batch the number after the
 * highest, so that one damaged page, the last, would refuse all. Such a batch gets a number below all others, and with it a place on the
 * first page. Where rows of a lost batch have the next number, the new one gets a number that no row has. Nothing that is damaged is
 * written or left out by that. Any thread.
 */
final class CreatingOnDamage {
    private final IndexMending mending;
    private final Database database;
    private final BatchCreating creating;
    private final DamageLog damages;
    private final String table;
    private final boolean appends;

    CreatingOnDamage(
            IndexMending mending,
            Database database,
            BatchCreating creating,
            DamageLog damages,
            Tables tables,
            Dialect dialect) {
        this.mending = mending;
        this.database = database;
        this.creating = creating;
        this.damages = damages;
        this.table = tables.batch();
        this.appends = dialect.appendsRows();
    }

    CreateResult create(BatchRecord batch) {
        try {
            return mending.write(session -> creating.create(session, batch, Place.NEXT));
        } catch (NewNumbers.Named named) {
            return unnamed(batch, named);
        } catch (BatchEngineException failure) {
            if (!UnreadableBatches.isDamage(failure)) {
                throw failure;
            }
            return beside(batch, failure);
        }
    }

    private CreateResult unnamed(BatchRecord batch, NewNumbers.Named named) {
        CreateResult answer = mending.write(session -> creating.create(session, batch, Place.UNNAMED));
        damages.found(table + " rows", String.valueOf(named.getMessage()));
        return answer;
    }

    private CreateResult beside(BatchRecord batch, BatchEngineException failure) {
        if (appends) {
            try {
                CreateResult answer = database.write(session -> creating.create(session, batch, Place.BELOW_ALL));
                damages.found(
                        table,
                        Text.format(
                                "the page of the table %s, or of one beside it, on which the next batch belongs is damaged, and new batches go on"
                                        + " another; check the disk, then restore a backup",
                                table));
                return answer;
            } catch (NewNumbers.Named named) {
                failure.addSuppressed(named);
            } catch (BatchEngineException again) {
                if (!UnreadableBatches.isDamage(again)) {
                    throw again;
                }
            }
        }
        String message = Text.format(
                "batch %s can't be created: a page of the table %s, of one beside it or of an index, on which it belongs, is damaged;"
                        + " batches on other pages go on; check the disk, then restore a backup (%s)",
                Text.quote(batch.id()), table, Text.describe(failure));
        damages.found(table, message);
        throw BatchEngineException.of(ErrorCode.STORE_CORRUPT, message, failure);
    }
}
