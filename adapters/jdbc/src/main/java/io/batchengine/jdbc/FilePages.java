package io.batchengine.jdbc;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The recorded pages of batches, as they are read. */
final class FilePages {
    /** A page that is whole. */
    static final class Page {
        private final long first;
        private final int count;
        private final byte[] ids;

        Page(long first, int count, byte[] ids) {
            this.first = first;
            this.count = count;
            this.ids = ids;
        }

        long first() {
            return first;
        }

        long end() {
            return first + count;
        }

        List<String> ids(long from, long below) {
            return PageIds.decode(ids, (int) (from - first), (int) (Math.min(below, end()) - first));
        }
    }

    private final String findPage;
    private final String findNext;

    FilePages(Tables tables) {
        findPage = "select first_ordinal, n, ids, checksum from " + tables.page()
                + " where number = ? and first_ordinal <= ? order by first_ordinal desc limit 1";
        findNext = "select first_ordinal from " + tables.page()
                + " where number = ? and first_ordinal > ? order by first_ordinal limit 1";
    }

    /** The page of a file, or null where there is none, or it is damaged. */
    @Nullable
    Page find(Session session, long number, long ordinal) throws SQLException {
        return session.queryOne(findPage, args -> args.number(number).number(ordinal), row -> {
                    row.begin().covers(number);
                    Page page = new Page(row.number(), row.integer(), row.bytes());
                    return row.isWhole() ? Optional.of(page) : Optional.<Page>empty();
                })
                .flatMap(page -> page)
                .filter(page -> ordinal < page.end())
                .orElse(null);
    }

    /** Where the next page begins, or a bound where there is none before it. */
    long nextFirst(Session session, long number, long ordinal, long bound) throws SQLException {
        long next = session.queryOne(findNext, args -> args.number(number).number(ordinal), ResultRow::number)
                .orElse(bound);
        return Math.min(next, bound);
    }
}
