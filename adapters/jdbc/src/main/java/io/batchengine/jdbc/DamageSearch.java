package io.batchengine.jdbc;

import io.batchengine.model.BatchEngineException;
import io.batchengine.spi.store.FileQuery;
import java.sql.SQLException;

/**
 * Finds out which files of a range can't be read, where the database met damage of its own files: it refuses the query as a whole, though
 * most of what it asks for may be whole.
 */
final class DamageSearch {
    /** Reads a part of the range. */
    interface Part {
        Object read(FileQuery.InBatch part) throws SQLException;
    }

    private static final long LONGEST_STEP = 65_536;

    private final FileQuery.InBatch query;
    private final long end;
    private final Part part;

    DamageSearch(FileQuery.InBatch query, long pageEnd, Part part) {
        this.query = query;
        this.end = Math.min(query.below(), pageEnd);
        this.part = part;
    }

    /** What to throw in place of a failure: which files it concerns. What a part throws of that kind is thrown as it is. */
    BatchEngineException locate(SQLException failure) throws SQLException {
        long from = Math.max(0, query.from());
        if (from >= end || isReadable(from, end)) { // what counts them, then
            return FileReading.damage(query.batchId(), end, end, failure);
        }
        long readable = from; // all below can be read
        long unreadable = end; // not all below can be read
        while (unreadable - readable > 1) {
            long middle = readable + (unreadable - readable) / 2;
            if (isReadable(from, middle)) {
                readable = middle;
            } else {
                unreadable = middle;
            }
        }
        return FileReading.damage(query.batchId(), readable, firstReadableAfter(readable), failure);
    }

    private long firstReadableAfter(long damaged) throws SQLException {
        long last = damaged; // can't be read
        for (long step = 1; step <= LONGEST_STEP; step *= 2) {
            long next = damaged + step;
            if (next >= end) {
                return end;
            }
            if (isReadable(next, next + 1)) {
                return firstReadable(last, next);
            }
            last = next;
        }
        return last + 1;
    }

    /** The first file that can be read, between one that can't and one that can. */
    private long firstReadable(long unreadable, long readable) throws SQLException {
        long last = unreadable;
        long next = readable;
        while (next - last > 1) {
            long middle = last + (next - last) / 2;
            if (isReadable(middle, middle + 1)) {
                next = middle;
            } else {
                last = middle;
            }
        }
        return next;
    }

    private boolean isReadable(long from, long below) throws SQLException {
        try {
            part.read(FileQuery.InBatch.of(query.batchId(), from, below, query.outcomes(), Math.max(1, (int)
                    Math.min(below - from, query.limit()))));
            return true;
        } catch (SQLException failure) {
            if (Failures.isDamage(failure)) {
                return false;
            }
            throw failure;
        } catch (BatchEngineException damaged) { // a row that does not match its checksum
            return false;
        }
    }
}
