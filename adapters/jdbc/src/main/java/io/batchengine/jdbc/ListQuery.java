package io.batchengine.jdbc;

import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import io.batchengine.spi.store.BatchPage;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.BatchRecord;
import io.batchengine.spi.store.StoredBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lists batches by key. Each filter has an index in the order of the list; of several statuses each is read by itself, and the first of
 * all are taken.
 */
final class ListQuery {
    private final Tables tables;
    private final BatchRows rows;
    private final DamageLog damages;

    ListQuery(Tables tables, BatchRows rows, DamageLog damages) {
        this.tables = tables;
        this.rows = rows;
        this.damages = damages;
    }

    /** The index by which a query goes, without the prefix of the tables. */
    static String index(BatchQuery query) {
        String directory = query.sourceDirectoryId() == null ? "" : "_directory";
        String status = query.statuses().isEmpty() ? "" : "_status";
        return directory.isEmpty() && status.isEmpty() ? "batch_list" : "batch" + directory + status;
    }

    /**
     * Lists.
     *
     * @param how stands behind the table where batches are looked for; empty: as the database chooses
     */
    BatchPage run(Session session, BatchQuery query, String how) throws SQLException {
        List<BatchStatus> statuses = query.statuses().stream().sorted().toList();
        List<StoredBatch> page = page(session, query, statuses, how);
        if (!query.withTotal()) {
            return new BatchPage(page, OptionalLong.empty());
        }
        String count = "select count(*) from " + tables.batch() + how + filter(query)
                + (statuses.isEmpty() ? "" : " and status in (" + Args.marks(statuses.size()) + ")");
        long total = session.queryNumber(count, args -> {
            bindFilter(args, query);
            for (BatchStatus status : statuses) {
                args.integer(Codes.of(status));
            }
        });
        return new BatchPage(page, OptionalLong.of(total));
    }

    /** One that is damaged is told and left out; the page is filled with what follows, so that a short page means the end. */
    private List<StoredBatch> page(Session session, BatchQuery query, List<BatchStatus> statuses, String how)
            throws SQLException {
        List<StoredBatch> page = new ArrayList<>();
        BatchQuery.Position after = query.after();
        while (true) {
            BatchQuery rest = from(query, after, query.limit() - page.size());
            List<Listed> some = session.query(
                    pageSql(rest, statuses, how), args -> bindPage(args, rest, statuses), ListQuery::read);
            for (Listed listed : some) {
                requireAfter(after, listed.position);
                after = listed.position;
                if (isOf(query, listed)) {
                    page.add(listed.found.require().batch());
                } else {
                    damages.found(new FoundBatch(listed.found.number(), listed.position.batchId(), null));
                }
            }
            if (some.size() < rest.limit() || page.size() == query.limit()) {
                return page;
            }
        }
    }

    /** A batch, and the place at which an index has it. */
    private record Listed(BatchQuery.Position position, FoundBatch found) {}

    private static Listed read(ResultRow row) throws SQLException {
        BatchQuery.Position position = new BatchQuery.Position(Micros.at(row.number()), row.text());
        return new Listed(position, BatchRows.read(row));
    }

    private static BatchQuery from(BatchQuery query, BatchQuery.@Nullable Position after, int limit) {
        return query.toBuilder().after(after).limit(limit).build();
    }

    /** Whether the row is whole, and the one that the index tells of. */
    private static boolean isOf(BatchQuery query, Listed listed) {
        if (listed.found.isDamaged() || !listed.found.id().equals(listed.position.batchId())) {
            return false;
        }
        BatchRecord request = listed.found.require().batch().request();
        String directory = query.sourceDirectoryId();
        return request.scope().projectId().equals(query.projectId())
                && (directory == null || request.sourceDirectoryId().equals(directory))
                && request.createdAt().equals(listed.position.createdAt());
    }

    /** A list that does not go down would be read for ever. */
    private static void requireAfter(BatchQuery.@Nullable Position before, BatchQuery.Position next) {
        if (before == null) {
            return;
        }
        int order = before.createdAt().compareTo(next.createdAt());
        if (order < 0 || (order == 0 && before.batchId().equals(next.batchId()))) {
            throw Failures.corrupt(Text.format(
                    "the index of the list is damaged: batch %s stands behind batch %s",
                    Text.quote(next.batchId()), Text.quote(before.batchId())));
        }
    }

    private String pageSql(BatchQuery query, List<BatchStatus> statuses, String how) {
        List<String> parts = new ArrayList<>();
        int count = Math.max(1, statuses.size());
        for (int i = 0; i < count; i++) {
            parts.add("select * from (select number as n, created_us as c, id as i from " + tables.batch() + how
                    + filter(query)
                    + (statuses.isEmpty() ? "" : " and status = ?")
                    + (query.after() == null ? "" : " and (created_us, id) < (?, ?)")
                    + " order by created_us desc, id desc limit ?) as p" + i);
        }
        String keys = parts.size() == 1
                ? parts.get(0)
                : parts.stream().collect(Collectors.joining(" union all ")) + " order by c desc, i desc limit ?";
        return "select k.c, k.i, " + BatchRows.COLUMNS + " from (" + keys + ") as k left join " + tables.batch()
                + " b on b.number = k.n" + rows.joined() + " order by k.c desc, k.i desc";
    }

    private static void bindPage(Args args, BatchQuery query, List<BatchStatus> statuses) throws SQLException {
        int count = Math.max(1, statuses.size());
        for (int i = 0; i < count; i++) {
            bindFilter(args, query);
            if (!statuses.isEmpty()) {
                args.integer(Codes.of(statuses.get(i)));
            }
            BatchQuery.Position after = query.after();
            if (after != null) {
                args.number(Micros.of(after.createdAt())).text(after.batchId());
            }
            args.integer(query.limit());
        }
        if (count > 1) {
            args.integer(query.limit());
        }
    }

    private static String filter(BatchQuery query) {
        return " where project = ? and hidden = 0"
                + (query.sourceDirectoryId() == null ? "" : " and directory_key = ?")
                + (query.createdOnOrAfter() == null ? "" : " and created_us >= ?")
                + (query.createdOnOrBefore() == null ? "" : " and created_us <= ?");
    }

    private static void bindFilter(Args args, BatchQuery query) throws SQLException {
        args.text(query.projectId());
        if (query.sourceDirectoryId() != null) {
            args.bytes(RequestColumns.directoryKey(query.sourceDirectoryId()));
        }
        if (query.createdOnOrAfter() != null) {
            args.number(Micros.from(query.createdOnOrAfter()));
        }
        if (query.createdOnOrBefore() != null) {
            args.number(Micros.of(query.createdOnOrBefore()));
        }
    }
}
