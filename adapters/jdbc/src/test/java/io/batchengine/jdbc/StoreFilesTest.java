package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may read the files of a store, and that none of them is reached by a link that somebody has put there. */
class StoreFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void posixOnly() throws Exception {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix"))
                .isTrue();
        file = folder.resolve("batches.db");
    }

    @Test
    void new_files_are_for_their_owner_alone() throws Exception {
        Path usual = Files.createFile(folder.resolve("usual"));
        assumeThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)))
                .as("as the umask has it")
                .isNotEqualTo("rw-------");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            for (String ending : new String[] {"", "-wal", "-shm", ".lock"}) {
                assertThat(rights(folder.resolve("batches.db" + ending)))
                        .as(ending)
                        .isEqualTo("rw-------");
            }
        }
        assertThat(rights(file)).isEqualTo("rw-------");
    }

    @Test
    void an_existing_file_keeps_its_rights() throws Exception {
        JdbcBatchStore.sqlite(file).close();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            assertThat(rights(folder.resolve("batches.db-wal"))).isEqualTo("rw-r-----");
        }
        assertThat(rights(file)).isEqualTo("rw-r-----");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm", "-journal", ".lock"})
    void a_planted_link_is_not_followed(String ending) throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (String target : new String[] {"there", "missing"}) {
            if (target.equals("there")) {
                Files.createFile(elsewhere.resolve(target));
            }
            Path link = Files.createSymbolicLink(folder.resolve("batches.db" + ending), elsewhere.resolve(target));
            for (boolean readOnly : new boolean[] {false, true}) {
                assertThatThrownBy(() -> JdbcBatchStore.builder()
                                .file(file)
                                .readOnly(readOnly)
                                .build())
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                        .hasMessageContaining("is a link, which is not followed");
            }
            Files.delete(link);
        }
        assertThat(elsewhere).isDirectoryContaining("glob:**there").isDirectoryNotContaining("glob:**missing");
        assertThat(elsewhere.resolve("there")).isEmptyFile();
        JdbcBatchStore.sqlite(file).close();
    }

    @Test
    void a_log_that_a_reader_keeps_from_being_emptied_is_told() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            assertThat(store.warnings()).isEmpty();
            Path log = folder.resolve("batches.db-wal");
            try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
                execute(reader, "begin");
                execute(reader, "select count(*) from batch_engine_batch");
                execute(other, "create table filler(a)");
                while (Files.size(log) <= UntakenLog.BOUND) {
                    execute(other, "insert into filler values (randomblob(8000000))");
                    execute(other, "delete from filler");
                }
                assertThat(store.warnings())
                        .singleElement()
                        .asString()
                        .contains("batches.db-wal")
                        .contains("reader");
                execute(reader, "commit");
            }
            batches.create("bat-2");
            batches.create("bat-3");
            assertThat(Files.size(log)).isLessThanOrEqualTo(UntakenLog.BOUND);
            assertThat(store.warnings()).isEmpty();
        }
    }

    private static void execute(Connection connection, String sql) throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String rights(Path one) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(one));
    }
}
