package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.BatchStatus;
import io.batchengine.spi.FileOutcome;
import io.batchengine.spi.FileRecord;
import io.batchengine.spi.SettledFile;
import io.batchengine.spi.store.ListedPage;
import io.batchengine.spi.store.Verdict;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settled files are inserted as if none were there; what follows where some are. */
class PostgresSettlingTest {
    private static final int FILES = 5_000;
    private static final String LONG_MESSAGE = "\u00fc\ud83d\ude00\u0000".repeat(2_000);

    @SuppressWarnings("NullAway.Init")
    private String url;

    @BeforeEach
    void makeDatabase() throws SQLException {
        url = TestPostgres.newDatabase();
    }

    @Test
    void repeated_ends_among_thousands_cost_no_other() {
        try (JdbcBatchStore store = JdbcBatchStore.open(url)) {
            settleTwice(new TestBatches(store));
        }
    }

    private static void settleTwice(TestBatches batches) {
        batches.running("bat-1");
        List<String> ids =
                IntStream.range(0, FILES).mapToObj("dfl-%08d"::formatted).toList();
        List<SettledFile> first = LongStream.range(0, FILES)
                .filter(ordinal -> ordinal % 3 == 0)
                .mapToObj(ordinal -> SettledFile.builder()
                        .ordinal(ordinal)
                        .outcome(FileOutcome.FAILED)
                        .attempts(7)
                        .finishedAt(TestBatches.NOON.plusSeconds(ordinal))
                        .durationMillis(9)
                        .jobId("tst-own-" + ordinal)
                        .message(LONG_MESSAGE)
                        .build())
                .toList();
        commit(batches, List.of(new ListedPage(0, ids)), first);
        List<SettledFile> second = LongStream.range(0, FILES)
                .map(ordinal -> FILES - 1 - ordinal) // in any order
                .mapToObj(TestBatches::succeeded)
                .toList();
        commit(batches, List.of(), second);
        List<FileRecord> files = batches.files("bat-1");
        assertThat(files).hasSize(FILES);
        for (FileRecord file : files) {
            long ordinal = file.ordinal();
            assertThat(file.settled())
                    .isEqualTo(ordinal % 3 == 0 ? first.get((int) ordinal / 3) : TestBatches.succeeded(ordinal));
        }
    }

    private static void commit(TestBatches batches, List<ListedPage> pages, List<SettledFile> settled) {
        assertThat(batches.commit(
                        TestBatches.commitOf(batches.find("bat-1"), BatchStatus.RUNNING, pages, settled, List.of())))
                .isEqualTo(Verdict.Kind.APPLIED);
    }
}
