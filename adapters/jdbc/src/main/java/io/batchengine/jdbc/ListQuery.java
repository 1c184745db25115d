package io.batchengine.jdbc;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.BatchPage;
import io.batchengine.spi.BatchQuery;
import io.batchengine.spi.StoredBatch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Lists batches by key. Each filter has an index in the order of the list; of several statuses each is read by itself, and the first of
 * all are taken.
 */
final class ListQuery {
    private final Tables tables;
    private final BatchRows rows;

    ListQuery(Tables tables, BatchRows rows) {
        this.tables = tables;
        this.rows = rows;
    }

    BatchPage run(Session session, BatchQuery query) throws SQLException {
        List<BatchStatus> statuses = query.statuses().stream().sorted().toList();
        List<StoredBatch> page = session.query(
                pageSql(query, statuses),
                args -> bindPage(args, query, statuses),
                row -> BatchRows.read(row).batch());
        if (!query.withTotal()) {
            return new BatchPage(page, OptionalLong.empty());
        }
        String count = "select count(*) from " + tables.batch() + filter(query)
                + (statuses.isEmpty() ? "" : " and status in (" + Args.marks(statuses.size()) + ")");
        long total = session.queryNumber(count, args -> {
            bindFilter(args, query);
            for (BatchStatus status : statuses) {
                args.integer(Codes.of(status));
            }
        });
        return new BatchPage(page, OptionalLong.of(total));
    }

    private String pageSql(BatchQuery query, List<BatchStatus> statuses) {
        List<String> parts = new ArrayList<>();
        int count = Math.max(1, statuses.size());
        for (int i = 0; i < count; i++) {
            parts.add(
                    "select * from (select number as n, created_us as c, id as i from " + tables.batch() + filter(query)
                            + (statuses.isEmpty() ? "" : " and status = ?")
                            + (query.after() == null ? "" : " and (created_us, id) < (?, ?)")
                            + " order by created_us desc, id desc limit ?) as p" + i);
        }
        String keys = parts.size() == 1
                ? parts.get(0)
                : parts.stream().collect(Collectors.joining(" union all ")) + " order by c desc, i desc limit ?";
        return rows.select()
                        .replace(" from ", " from (" + keys + ") as k join ")
                        .replace(" b join ", " b on b.number = k.n join ")
                + " order by k.c desc, k.i desc";
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
            args.bytes(BatchRows.directoryKey(query.sourceDirectoryId()));
        }
        if (query.createdOnOrAfter() != null) {
            args.number(Micros.from(query.createdOnOrAfter()));
        }
        if (query.createdOnOrBefore() != null) {
            args.number(Micros.of(query.createdOnOrBefore()));
        }
    }
}
