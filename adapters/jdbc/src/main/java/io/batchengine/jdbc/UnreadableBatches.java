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
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The open batches whose rows lie on a page that the database can't read. A query that comes to such a row fails as a whole, so that one page
 * would keep all batches from being claimed; claims leave these out by their numbers, which an index tells. So do they with batches that
 * can be read but not written, as SQLite moves rows when one grows. Any thread.
 */
final class UnreadableBatches {
    private static final int MOST = 10_000;
    private static final long SPACING_NANOS = Duration.ofMinutes(1).toNanos();

    private final Database database;
    private final DamageLog damages;
    private final LongSupplier ticker;
    private final String numbersByIndex;
    private final String readOne;
    private final @Nullable String growOne;
    private volatile Set<Long> numbers = Set.of();
    private volatile Set<Long> unwritable = Set.of();

    @GuardedBy("this")
    private long lastNanos;

    @GuardedBy("this")
    private long lastWriteNanos;

    UnreadableBatches(Database database, Dialect dialect, Tables tables, DamageLog damages, LongSupplier ticker) {
        this.database = database;
        this.damages = damages;
        this.ticker = ticker;
        this.lastNanos = ticker.getAsLong() - SPACING_NANOS;
        this.lastWriteNanos = lastNanos;
        numbersByIndex = "select number from " + tables.batch() + dialect.goBy(tables.prefix() + "batch_open")
                + " where status < 3 order by created_us, id";
        // The last columns of the rows that a claim reads.
        readOne = "select state_checksum, s.checksum from " + tables.batch() + " b left join " + tables.snapshot()
                + " s on s.number = b.number where b.number = ?";
        growOne = dialect.appendsRows() // only a row that does not fit where it is has SQLite look at the whole page
                ? "update " + tables.batch() + " set reason_message = coalesce(reason_message, '') || '"
                        + "x".repeat(60) + "' where number = ?"
                : null;
    }

    /** The numbers of those that are known. */
    Set<Long> numbers() {
        return numbers;
    }

    /** The same, and those that can't be written. */
    Set<Long> unclaimable() {
        Set<Long> both = unwritable;
        if (both.isEmpty()) {
            return numbers;
        }
        both = new HashSet<>(both);
        both.addAll(numbers);
        return both;
    }

    /** Looks for them, at most once a minute, since it reads each open batch; whether any was found that was not known. */
    synchronized boolean search() {
        if (ticker.getAsLong() - lastNanos < SPACING_NANOS) {
            return false;
        }
        lastNanos = ticker.getAsLong();
        Set<Long> found = found(numbers, this::isReadable);
        boolean more = found.size() > numbers.size();
        numbers = found;
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

    /** Looks for those that can't be written, in the same way; in transactions that are undone. */
    synchronized boolean searchUnwritable() {
        String grow = growOne;
        if (grow == null || ticker.getAsLong() - lastWriteNanos < SPACING_NANOS) {
            return false;
        }
        lastWriteNanos = ticker.getAsLong();
        Set<Long> found = found(unwritable, number -> numbers.contains(number) || canGrow(grow, number));
        boolean more = found.size() > unwritable.size();
        unwritable = found;
        if (more) {
            damages.found(
                    "unwritable",
                    Text.format(
                            "%d batches that have not ended can't be written, since pages of the table that holds them, or pages beside them,"
                                    + " are damaged, and are given to no engine; the others go on; restore a backup",
                            found.size()));
        }
        return more;
    }

    /** What is known, and the open batches that do not pass. */
    private Set<Long> found(Set<Long> known, LongPredicate passes) {
        Set<Long> found = new HashSet<>(known);
        try {
            List<Long> open =
                    database.read(session -> session.query(numbersByIndex, Session.NOTHING, ResultRow::number));
            open.stream().filter(number -> !isWhole(number, passes)).limit(MOST).forEach(found::add);
        } catch (BatchEngineException unreadable) { // the index itself
            return known;
        }
        return Set.copyOf(found);
    }

    private static boolean isWhole(long number, LongPredicate passes) {
        try {
            return passes.test(number);
        } catch (BatchEngineException failure) {
            if (isDamage(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private boolean isReadable(long number) {
        return database.read(session -> {
            session.query(readOne, args -> args.number(number), ResultRow::number);
            return true;
        });
    }

    private boolean canGrow(String grow, long number) {
        try {
            return database.write(session -> {
                session.update(grow, args -> args.number(number));
                throw new Undone();
            });
        } catch (Undone grown) {
            return true;
        }
    }

    /** Ends a transaction that was a trial. */
    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1;

        Undone() {
            super("a trial", null, false, false);
        }
    }

    /** Whether the database has met damage that is not of a row's values. */
    static boolean isDamage(BatchEngineException failure) {
        return failure.code() == ErrorCode.STORE_CORRUPT && failure.getCause() instanceof SQLException;
    }
}
