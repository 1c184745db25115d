package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.store.BatchQuery;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.DelayedQuery;
import io.batchengine.spi.store.DeleteRequest;
import io.batchengine.spi.store.FileQuery;
import io.batchengine.spi.store.RenewRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of every call, as SQLite plans it: by an index, and already in order. */
class QueryPlanTest {
    @Test
    void no_call_scans_a_table_or_sorts_one(@TempDir Path folder) throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("batches.db");
        Set<String> statements = new ConcurrentSkipListSet<>();
        DataSource source = new Faulty(() -> DriverManager.getConnection(url)).spying(statements::add);
        try (JdbcBatchStore store = JdbcBatchStore.builder().dataSource(source).build()) {
            TestBatches batches = new TestBatches(store);
            call(store, batches);
        }
        assertThat(statements).anyMatch(sql -> sql.contains("order by claim_order_us"));
        List<String> bad = new ArrayList<>();
        int planned = 0;
        try (Connection connection = DriverManager.getConnection(url)) {
            for (String sql : new TreeSet<>(statements)) {
                String lower = sql.toLowerCase(Locale.ROOT);
                if ((lower.startsWith("select") && !isOfOpening(lower))
                        || lower.startsWith("update")
                        || lower.startsWith("delete")) {
                    planned++;
                    List<String> steps = plan(connection, sql);
                    expect(sql, " outcome <> 0", steps, "file_unsuccessful", bad);
                    expect(sql, "directory_key = ? and status = ?", steps, "batch_directory_status", bad);
                    expect(sql, "hidden = 0 and status = ?", steps, "batch_status", bad);
                    expect(sql, "status < 3 and (cancel_requested = 1 or ", steps, "batch_open", bad);
                    expect(sql, "order by claim_order_us", steps, "batch_claim", bad);
                    expect(sql, "where status = 0", steps, "batch_pending", bad);
                    expect(sql, " and cancel_requested = 1", steps, "batch_cancel", bad);
                    for (String step : steps) {
                        boolean scans =
                                step.startsWith("SCAN") && !step.startsWith("SCAN k") && !step.startsWith("SCAN p");
                        boolean sorts = step.contains("TEMP B-TREE") && !sql.contains("union all");
                        if ((scans && !step.contains("USING")) || sorts) {
                            bad.add(step + " IN " + sql);
                        }
                    }
                }
            }
        }
        assertThat(planned).isGreaterThan(30);
        assertThat(bad).isEmpty();
    }

    /** What looks at the tables once, when a store opens. */
    private static boolean isOfOpening(String sql) {
        return sql.contains("sqlite_master") || sql.contains("pragma_") || sql.endsWith("where 1 = 0");
    }

    private static void expect(String sql, String part, List<String> steps, String index, List<String> bad) {
        if (sql.contains(part) && steps.stream().noneMatch(step -> step.contains(index))) {
            bad.add(steps + " WITHOUT " + index + " IN " + sql);
        }
    }

    private static void call(JdbcBatchStore store, TestBatches batches) {
        batches.create(TestBatches.batch("bat-1", "key", "print", null));
        batches.create(TestBatches.batch("bat-0", "other", "print", "bat-1"));
        for (int limit : List.of(1, 9)) {
            for (Instant since : new Instant[] {null, TestBatches.NOON}) {
                claim(store, limit, Map.of("prj-x", 0), limit + 1, since);
                claim(store, 0, Map.of("prj-x", limit), limit + 1, since);
            }
        }
        store.claim(ClaimRequest.builder()
                .owner("o")
                .claimToken(TestBatches.newToken())
                .lease(TestBatches.LEASE)
                .limit(1)
                .at(TestBatches.NOON)
                .build());
        batches.running("bat-2");
        store.renew(RenewRequest.of("one", TestBatches.LEASE, List.of()));
        store.requestCancel(TestBatches.byId("bat-2"));
        batches.commit(batches.find("bat-2"), BatchStatus.FAILED);
        for (Set<BatchStatus> statuses : List.of(
                Set.<BatchStatus>of(), Set.of(BatchStatus.RUNNING), Set.of(BatchStatus.FAILED, BatchStatus.PENDING))) {
            for (String directory : new String[] {null, "dir-a"}) {
                for (BatchQuery.Position after :
                        new BatchQuery.Position[] {null, new BatchQuery.Position(TestBatches.NOON, "bat-2")}) {
                    store.list(BatchQuery.builder()
                            .projectId("prj-a")
                            .statuses(statuses)
                            .sourceDirectoryId(directory)
                            .createdOnOrAfter(TestBatches.NOON)
                            .createdOnOrBefore(TestBatches.NOON.plusSeconds(9))
                            .after(after)
                            .limit(5)
                            .withTotal(true)
                            .build());
                    store.list(BatchQuery.builder()
                            .projectId("prj-a")
                            .statuses(statuses)
                            .sourceDirectoryId(directory)
                            .after(after)
                            .limit(5)
                            .withTotal(true)
                            .build());
                }
            }
        }
        batches.files("bat-2");
        store.files(FileQuery.InBatch.of("bat-2", 0, 9, Set.of(FileOutcome.FAILED), 9));
        store.files(FileQuery.InBatch.of("bat-2", 0, 9, Set.of(FileOutcome.SUCCEEDED, FileOutcome.FAILED), 9));
        store.files(new FileQuery.ByJob("prj-a", "job"));
        store.delayed(DelayedQuery.of("bat-2", TestBatches.NOON, 3, 9));
        store.delete(new DeleteRequest.FinishedBefore("prj-b", TestBatches.NOON.plusSeconds(60)), 9);
        store.delete(new DeleteRequest.FinishedBefore(null, TestBatches.NOON.minusSeconds(60)), 9);
        store.delete(new DeleteRequest.OneBatch("prj-a", "bat-2"), 9);
    }

    private static void claim(
            JdbcBatchStore store, int perProject, Map<String, Integer> projects, int limit, @Nullable Instant since) {
        store.claim(ClaimRequest.builder()
                .owner("o")
                .claimToken(TestBatches.newToken())
                .lease(TestBatches.LEASE)
                .types(Set.of(TestBatches.TYPE))
                .limitPerProject(perProject)
                .projectLimits(projects)
                .limit(limit)
                .pendingSince(since)
                .at(TestBatches.NOON)
                .build());
    }

    private static List<String> plan(Connection connection, String sql) throws SQLException {
        List<String> steps = new ArrayList<>();
        try (var statement = connection.prepareStatement("explain query plan " + sql);
                var rows = statement.executeQuery()) {
            while (rows.next()) {
                steps.add(rows.getString("detail"));
            }
        }
        return steps;
    }
}
