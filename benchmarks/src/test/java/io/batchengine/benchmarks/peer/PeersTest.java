package io.batchengine.benchmarks.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.benchmarks.NoOpFiles;
import io.batchengine.benchmarks.contender.Contender;
import io.batchengine.benchmarks.contender.Contenders;
import io.batchengine.benchmarks.contender.FileJob;
import io.batchengine.benchmarks.contender.JobKind;
import io.batchengine.benchmarks.contender.Storage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every peer records every file, those that fail as failed, round after round; each checks that itself at the end of a round. */
class PeersTest {
    private static final int FILES = 300;

    private static EmbeddedPostgres server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"SPRING_BATCH", "JOBRUNR", "DB_SCHEDULER", "QUARTZ", "EASY_BATCH"})
    void settlesAllFilesOnPostgresql(Contenders peer) throws Exception {
        settlesTwice(peer, new Storage.Postgresql(server.getJdbcUrl("postgres", "postgres")), 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPRING_BATCH", "JOBRUNR", "DB_SCHEDULER", "QUARTZ", "EASY_BATCH"})
    void settlesAllFilesOnSqlite(Contenders peer) throws Exception {
        settlesTwice(peer, new Storage.Sqlite(folder), 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPRING_BATCH", "JOBRUNR", "DB_SCHEDULER", "QUARTZ", "EASY_BATCH"})
    void refusesWhatIsNotDurable(Contenders peer) {
        assertThatThrownBy(() -> peer.open(new Storage.Memory(), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PostgreSQL or SQLite");
    }

    @Test
    void runsOverTheSameFilesAsTheEngine() {
        assertThat(IntStream.range(0, FILES).mapToObj(FileResult::fileId))
                .containsExactlyElementsOf(NoOpFiles.prepared(FILES).ids());
    }

    @SuppressWarnings("try") // an interrupt would end the test as well
    private static void settlesTwice(Contenders peer, Storage storage, int threads) throws Exception {
        try (Contender contender = peer.open(storage, threads)) {
            contender.run(FILES, new FileJob(JobKind.FAILING_1_PERCENT));
            contender.clear();
            contender.run(FILES, new FileJob(JobKind.FAILING_1_PERCENT));
        }
    }
}
