package io.batchengine.jdbc;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.BatchEngine;
import io.batchengine.bundled.JobFactories;
import io.batchengine.bundled.NioSourceDirectory;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of a store are removed or replaced while it is open: it says so, and acknowledges nothing that nobody will find. */
class LostStoreTest {
    /** What somebody does to the files of a store. */
    enum Deed {
        DATABASE_REMOVED {
            @Override
            void on(Path file) throws IOException {
                Files.delete(file);
            }
        },
        ALL_REMOVED {
            @Override
            void on(Path file) throws IOException {
                for (Path one : new StoreFiles(file).all()) {
                    Files.deleteIfExists(one);
                }
            }
        },
        DATABASE_REPLACED {
            @Override
            void on(Path file) throws IOException {
                Files.move(file, file.resolveSibling("moved.db"));
                Files.copy(file.resolveSibling("other.db"), file);
            }
        },
        DATABASE_RENAMED_OVER {
            @Override
            void on(Path file) throws IOException {
                Files.move(file.resolveSibling("other.db"), file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        DATABASE_REPLACED_BY_A_SHORTER_ONE {
            @Override
            void on(Path file) throws IOException {
                Files.writeString(file.resolveSibling("other.db"), "another file");
                Files.move(file.resolveSibling("other.db"), file, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        LOG_REMOVED {
            @Override
            void on(Path file) throws IOException {
                Files.delete(new StoreFiles(file).log());
            }
        },
        LOCK_REMOVED {
            @Override
            void on(Path file) throws IOException {
                Files.delete(new StoreFiles(file).lock());
            }
        },
        FOLDER_REPLACED {
            @Override
            void on(Path file) throws IOException {
                Path folder = requireNonNull(file.getParent());
                Path away = folder.resolveSibling("away");
                Files.move(folder, away);
                Files.createDirectory(folder);
                Files.copy(away.resolve("other.db"), file);
            }
        },
        FOLDER_MOVED {
            @Override
            void on(Path file) throws IOException {
                Path folder = requireNonNull(file.getParent());
                Files.move(folder, folder.resolveSibling("away"));
            }
        };

        abstract void on(Path file) throws IOException;
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void makeAnother() throws IOException {
        Path folder = Files.createDirectory(root.resolve("store"));
        file = folder.resolve("batches.db");
        try (JdbcBatchStore other = JdbcBatchStore.sqlite(folder.resolve("other.db"))) {
            new TestBatches(other).create("bat-other");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothing_more_is_acknowledged(Deed deed) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            deed.on(file);
            assertLost(() -> batches.create("bat-2"), "removed|replaced");
            assertLost(() -> batches.create("bat-3"), "removed|replaced");
            assertLost(() -> batches.find("bat-1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_read_answers_from_a_file_that_nobody_finds(Deed deed) throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            TestBatches batches = new TestBatches(store);
            batches.create("bat-1");
            deed.on(file);
            assertLost(() -> batches.find("bat-1"));
        }
    }

    /** Its log was left beside the new file, and the next opening laid it over that. */
    @Test
    void a_log_is_not_laid_over_the_file_that_took_the_place_of_its_own() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            Deed.DATABASE_REPLACED.on(file);
            assertLost(() -> new TestBatches(store).create("bat-2"));
        }
        try (JdbcBatchStore other = JdbcBatchStore.sqlite(file)) {
            assertThat(new TestBatches(other).find("bat-other").id()).isEqualTo("bat-other");
            new TestBatches(other).create("bat-2");
        }
        try (JdbcBatchStore moved = JdbcBatchStore.sqlite(file.resolveSibling("moved.db"))) {
            assertThat(new TestBatches(moved).find("bat-1").id()).isEqualTo("bat-1");
        }
    }

    @Test
    void without_its_log_the_database_keeps_what_was_acknowledged() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            Deed.LOG_REMOVED.on(file);
            assertLost(() -> new TestBatches(store).create("bat-2"));
        }
        try (JdbcBatchStore again = JdbcBatchStore.sqlite(file)) {
            assertThat(new TestBatches(again).find("bat-1").id()).isEqualTo("bat-1");
        }
    }

    @Test
    void a_reader_notices_that_its_file_is_another_one() throws Exception {
        JdbcBatchStore.sqlite(file).close();
        try (JdbcBatchStore reader =
                JdbcBatchStore.builder().file(file).readOnly(true).build()) {
            assertThat(new TestBatches(reader).files("bat-1")).isEmpty();
            try (JdbcBatchStore writer = JdbcBatchStore.sqlite(file)) {
                new TestBatches(writer).create("bat-1");
            }
            assertThat(new TestBatches(reader).find("bat-1").id()).isEqualTo("bat-1");
            Deed.DATABASE_RENAMED_OVER.on(file);
            assertLost(() -> new TestBatches(reader).find("bat-1"));
        }
    }

    @Test
    void an_engine_tells_who_waits_and_closes() throws Exception {
        Path inbox = Files.createDirectory(root.resolve("inbox"));
        for (int i = 0; i < 20; i++) {
            Files.createFile(inbox.resolve("file-" + i));
        }
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch removed = new CountDownLatch(1);
        try (BatchEngine engine = BatchEngine.builder()
                .sourceDirectory(NioSourceDirectory.of(Map.of("dir-inbox", inbox)))
                .jobFactory(JobFactories.blocking("test_v1", "tst-", job -> {
                    running.countDown();
                    removed.await();
                    return Outcome.succeeded();
                }))
                .storeInFile(file)
                .build()) {
            String id = engine.batches()
                    .create("dir-inbox", TestBatches.TYPE, "cfg-a")
                    .id();
            running.await();
            Deed.DATABASE_REMOVED.on(file);
            removed.countDown();
            assertLost(() -> engine.batches().await(id, Duration.ofMinutes(1)));
            assertLost(() -> engine.batches().get(id));
            assertThat(engine.health().problems()).anyMatch(problem -> problem.contains("was removed"));
            engine.close(Duration.ofSeconds(20));
        }
    }

    private static void assertLost(ThrowingCallable call) {
        assertLost(call, "");
    }

    private static void assertLost(ThrowingCallable call, String how) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_LOST))
                .hasMessageMatching("(?s).*(" + how + ").*");
    }
}
