package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The database file of an open store is cut in place, or another program does what it may with it. */
class MainFileWatchTest {
    private static final int PAGE = 4096;
    private static final int BATCHES = 100;

    /** Where somebody cuts the file. */
    enum Cut {
        EMPTIED {
            @Override
            long after(long length) {
                return 0;
            }
        },
        WITHIN_ITS_HEADER {
            @Override
            long after(long length) {
                return 50;
            }
        },
        BEHIND_ITS_FIRST_PAGE {
            @Override
            long after(long length) {
                return PAGE;
            }
        },
        IN_THE_MIDDLE {
            @Override
            long after(long length) {
                return length / 2;
            }
        },
        BY_A_PAGE {
            @Override
            long after(long length) {
                return length - PAGE;
            }
        },
        BY_A_BYTE {
            @Override
            long after(long length) {
                return length - 1;
            }
        };

        abstract long after(long length);
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private long length; // before it was cut

    private Path file() {
        return folder.resolve("batches.db");
    }

    @BeforeEach
    void fill() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            for (int i = 0; i < BATCHES; i++) {
                new TestBatches(store).create("bat-" + i);
            }
        }
    }

    private void cut(Cut how) throws IOException {
        try (FileChannel database = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            length = database.size();
            database.truncate(how.after(database.size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_more_is_acknowledged(Cut how) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-before");
            cut(how);
            assertLost(() -> batches.create("bat-after"));
            assertLost(() -> batches.find("bat-1"));
            assertLost(() -> batches.claim("one"));
        }
    }

    /** A checkpoint would make it as long as it was, with a hole. */
    @ParameterizedTest
    @EnumSource
    void the_file_is_left_as_it_was_cut_and_is_refused_from_then_on(Cut how) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            new TestBatches(store).create("bat-before");
            cut(how);
            assertLost(() -> new TestBatches(store).claim("one"));
        }
        assertThat(file()).hasSize(how.after(length));
        assertCorrupt(file(), "damaged while this process had it open");
        Path found = asAnotherProcessFindsIt();
        if (how == Cut.BY_A_PAGE || how == Cut.BY_A_BYTE) { // the log holds that page
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(found)) {
                assertThat(new TestBatches(store).find("bat-before").id()).isEqualTo("bat-before");
                assertThat(new TestBatches(store).find("bat-99").id()).isEqualTo("bat-99");
            }
        } else {
            assertCorrupt(found, "batches.db");
        }
    }

    private Path asAnotherProcessFindsIt() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other")).resolve("batches.db");
        Files.copy(file(), other);
        Files.copy(new StoreFiles(file()).log(), new StoreFiles(other).log());
        return other;
    }

    private static void assertCorrupt(Path store, String why) {
        assertThatThrownBy(() -> JdbcBatchStore.sqlite(store))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_that_was_cut_after_it_was_closed_is_refused(Cut how) throws Exception {
        cut(how);
        if (how == Cut.EMPTIED) {
            JdbcBatchStore.sqlite(file()).close(); // nothing tells it from a new one
        } else {
            assertCorrupt(file(), "batches.db");
        }
    }

    @Test
    void a_file_that_other_programs_make_shorter_goes_on() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            for (int i = 0; i < 5; i++) {
                try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                        var statement = other.createStatement()) {
                    statement.execute("create table other(x)");
                    statement.execute("insert into other values (zeroblob(300000))");
                    statement.execute("pragma wal_checkpoint(truncate)");
                    batches.create("bat-long-" + i);
                    long before = Files.size(file());
                    statement.execute("drop table other");
                    statement.execute("vacuum");
                    statement.execute("pragma wal_checkpoint(truncate)");
                    assertThat(Files.size(file())).isLessThan(before);
                    assertThat(batches.find("bat-long-" + i).id()).isEqualTo("bat-long-" + i);
                }
                batches.create("bat-short-" + i);
            }
        }
    }

    private static void assertLost(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_LOST))
                .hasMessageContaining("batches.db\" was cut short");
    }
}
