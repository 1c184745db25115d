package io.batchengine.jdbc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which pages of the database a log holds, and how many the database has. For one thread. */
final class LogPages {
    /** Of a log without a commit. */
    static final LogPages NONE = new LogPages(1);

    /** SQLite never writes the page that has this byte: it is for locks. */
    private static final long LOCKED_BYTE = 1L << 30;

    private final int pageSize;
    private final Set<Integer> held = new HashSet<>();
    private final List<Integer> uncommitted = new ArrayList<>();
    private int databasePages;

    LogPages(int pageSize) {
        this.pageSize = pageSize;
    }

    /** The next frame has this page. */
    void add(int page) {
        uncommitted.add(page);
    }

    /** The last frame that was added ends a transaction, after which the database has this many pages. */
    void commit(int pagesAfter) {
        held.addAll(uncommitted);
        uncommitted.clear();
        databasePages = pagesAfter;
    }

    /** Whether the log says how long the database is. */
    boolean tellLength() {
        return databasePages != 0;
    }

    /** Whether a file of a length lacks a page that the log does not hold either. */
    boolean leaveHole(long length) {
        long lockedPage = LOCKED_BYTE / pageSize + 1;
        for (long page = length / pageSize + 1; page <= databasePages; page++) {
            if (page != lockedPage && !held.contains((int) page)) {
                return true;
            }
        }
        return false;
    }
}
