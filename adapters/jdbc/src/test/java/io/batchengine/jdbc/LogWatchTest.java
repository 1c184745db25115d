package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of an open store is cut or overwritten in place, or another program does what it may with it. */
class LogWatchTest {
    /** What somebody does to the log. */
    enum Deed {
        EMPTIED {
            @Override
            void on(FileChannel log) throws IOException {
                log.truncate(0);
            }
        },
        CUT_WITHIN_ITS_HEADER {
            @Override
            void on(FileChannel log) throws IOException {
                log.truncate(20);
            }
        },
        CUT_BEHIND_ITS_HEADER {
            @Override
            void on(FileChannel log) throws IOException {
                log.truncate(32);
            }
        },
        CUT_IN_THE_MIDDLE {
            @Override
            void on(FileChannel log) throws IOException {
                log.truncate(log.size() / 2);
            }
        },
        CUT_BY_A_BYTE {
            @Override
            void on(FileChannel log) throws IOException {
                log.truncate(log.size() - 1);
            }
        },
        OVERWRITTEN {
            @Override
            void on(FileChannel log) throws IOException {
                log.write(ByteBuffer.allocate(64), 0);
            }
        };

        abstract void on(FileChannel log) throws IOException;

        boolean losesFrames() {
            return this != CUT_IN_THE_MIDDLE && this != CUT_BY_A_BYTE;
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    private void damage(Deed deed) throws IOException {
        try (FileChannel log = FileChannel.open(new StoreFiles(file()).log(), StandardOpenOption.WRITE)) {
            deed.on(log);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_more_is_acknowledged(Deed deed) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            batches.create("bat-2");
            damage(deed);
            assertLost(() -> batches.create("bat-3"));
            assertLost(() -> batches.create("bat-4"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_file_is_left_as_it_was_before(Deed deed) throws Exception {
        byte[] before;
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            new TestBatches(store).create("bat-1");
            before = Files.readAllBytes(file());
            damage(deed);
            assertLost(() -> new TestBatches(store).create("bat-2"));
        }
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        assertCorrupt(file(), "while this process had it open");
        Path found = asAnotherProcessFindsIt();
        if (deed.losesFrames()) {
            assertCorrupt(found, "was cut short, or is damaged");
        } else { // of the frames behind the last commit, which an earlier turn of the log left there
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(found)) {
                assertThat(new TestBatches(store).find("bat-1").id()).isEqualTo("bat-1");
            }
        }
    }

    /** Where nobody has the index of the log open. */
    private Path asAnotherProcessFindsIt() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("batches.db");
        StoreFiles from = new StoreFiles(file());
        StoreFiles to = new StoreFiles(other);
        Files.copy(from.database(), to.database());
        Files.copy(from.log(), to.log());
        Files.copy(from.index(), to.index());
        return other;
    }

    private static void assertCorrupt(Path store, String why) {
        assertThatThrownBy(() -> JdbcBatchStore.sqlite(store))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"passive", "full", "restart", "truncate"})
    void a_program_that_takes_the_log_into_the_file_does_no_harm(String mode) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            for (int i = 0; i < 20; i++) {
                batches.create("bat-" + i);
                try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                        var statement = other.createStatement()) {
                    statement.execute("pragma wal_checkpoint(" + mode + ")");
                    statement.execute("create table if not exists other(x)");
                    statement.execute("insert into other values (zeroblob(100000))");
                    statement.execute("delete from other");
                }
            }
            assertThat(batches.find("bat-19").id()).isEqualTo("bat-19");
        }
    }

    @Test
    void a_vacuum_by_another_program_does_no_harm() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                    var statement = other.createStatement()) {
                statement.execute("vacuum");
            }
            batches.create("bat-2");
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            assertThat(new TestBatches(store).find("bat-2").id()).isEqualTo("bat-2");
        }
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_LOST))
                .hasMessageContaining("batches.db-wal");
    }
}
