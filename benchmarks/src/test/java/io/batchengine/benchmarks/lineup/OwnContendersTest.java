package io.batchengine.benchmarks.lineup;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The engine and what is written by hand do the work that they are said to do, again and again. */
@SuppressWarnings("try") // a contender throws whatever other libraries do
class OwnContendersTest {
    private static final int FILES = 7_000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = Contenders.class,
            names = {"BATCH_ENGINE", "BATCH_ENGINE_1000", "PLAIN_POOL", "BARE", "BARE_1000", "JOURNAL"})
    void every_round_finds_the_same(Contenders contenders) throws Exception {
        try (Contender contender = contenders.open(new Storage.Sqlite(folder), 2)) {
            for (int round = 0; round < 2; round++) {
                FileJob job = new FileJob(JobKind.FAILING_1_PERCENT);
                contender.run(FILES, job);
                assertThat(job.firstNanos()).isLessThanOrEqualTo(System.nanoTime());
                contender.clear();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Contenders.class,
            names = {"PLAIN_POOL", "BARE"})
    void rows_are_of_every_file_with_its_outcome(Contenders contenders) throws Exception {
        try (Contender contender = contenders.open(new Storage.Sqlite(folder), 2)) {
            contender.run(FILES, new FileJob(JobKind.FAILING_1_PERCENT));
        }
        assertThat(number("select count(distinct file_id) from bare")).isEqualTo(FILES);
        assertThat(number("select sum(outcome) from bare")).isEqualTo(FILES / 100);
        assertThat(number("select count(*) from bare where file_id = 'dfl-document-00006999.pdf' and ordinal = 6999"))
                .isEqualTo(1);
    }

    @Test
    void the_pool_in_memory_checks_its_results() throws Exception {
        try (Contender contender = Contenders.PLAIN_POOL.open(new Storage.Memory(), 2)) {
            contender.run(FILES, new FileJob(JobKind.NO_OP));
            contender.clear();
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("bare.db"));
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
