package io.batchengine.jdbc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Text;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The open batches whose rows lie on a page that the database can't read. A query that comes to such a row fails as a whole, so that one page
 * would keep all batches from being claimed; claims leave these out by their numbers, which an index tells. Any thread.
 */
final class UnreadableBatches {
    private static final int MOST = 10_000;
    private static final long SPACING_NANOS = Duration.ofMinutes(1).toNanos();

    private final Database database;
    private final DamageLog damages;
    private final LongSupplier ticker;
    private final String numbersByIndex;
    private final String readOne;
    private volatile Set<Long> numbers = Set.of();

    @GuardedBy("this")
    private long lastNanos;

    UnreadableBatches(Database database, Dialect dialect, Tables tables, DamageLog damages, LongSupplier ticker) {
        this.database = database;
        this.damages = damages;
        this.ticker = ticker;
        this.lastNanos = ticker.getAsLong() - SPACING_NANOS;
        numbersByIndex = "select number from " + tables.batch() + dialect.goBy(tables.prefix() + "batch_open")
                + " where status < 3 order by created_us, id";
        readOne = "select state_checksum from " + tables.batch() + " where number = ?"; // the last column of the row
    }

    /** The numbers of those that are known. */
    Set<Long> numbers() {
        return numbers;
    }

    /** Looks for them, at most once a minute, since it reads each open batch; whether any was found that was not known. */
    synchronized boolean search() {
        if (ticker.getAsLong() - lastNanos < SPACING_NANOS) {
            return false;
        }
        lastNanos = ticker.getAsLong();
        Set<Long> found = new HashSet<>(numbers);
        try {
            List<Long> open = database.read(session -> session.query(numbersByIndex, Session.NOTHING, Row::number));
            open.stream().filter(number -> !isReadable(number)).limit(MOST).forEach(found::add);
        } catch (BatchEngineException unreadable) { // the index itself
            return false;
        }
        boolean more = found.size() > numbers.size();
        numbers = Set.copyOf(found);
        if (more) {
            damages.found(
                    "",
                    Text.format(
                            "%d batches that have not ended can't be read, since pages of the table that holds them are damaged; the others"
                                    + " go on; restore a backup",
                            found.size()));
        }
        return more;
    }

    private boolean isReadable(long number) {
        try {
            return database.read(session -> {
                session.query(readOne, args -> args.number(number), Row::number);
                return true;
            });
        } catch (BatchEngineException failure) {
            if (isDamage(failure)) {
                return false;
            }
            throw failure;
        }
    }

    /** Whether the database has met damage that is not of a row's values. */
    static boolean isDamage(BatchEngineException failure) {
        return failure.code() == ErrorCode.STORE_CORRUPT && failure.getCause() instanceof SQLException;
    }
}
