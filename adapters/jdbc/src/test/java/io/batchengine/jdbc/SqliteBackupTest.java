package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of stores that are in use. */
class SqliteBackupTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private JdbcBatchStore store;

    @SuppressWarnings("NullAway.Init")
    private Path copy;

    @BeforeEach
    void open() {
        store = JdbcBatchStore.sqlite(folder.resolve("batches.db"));
        new TestBatches(store).create("bat-1");
        copy = folder.resolve("c\u00f6py %20#?.db");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_copy_has_all_that_was_acknowledged_before_while_others_write() throws Exception {
        AtomicInteger acknowledged = new AtomicInteger();
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            while (!stop.get()) {
                new TestBatches(store).create("bat-more-" + acknowledged.get());
                acknowledged.incrementAndGet();
            }
        });
        writer.start();
        try {
            for (int i = 0; i < 5; i++) {
                Path target = folder.resolve("copy-" + i + ".db");
                int before = acknowledged.get();
                store.backup(target);
                try (JdbcBatchStore open = JdbcBatchStore.sqlite(target)) {
                    assertThat(open.notes()).isEmpty();
                    for (int j = 0; j < before; j++) {
                        assertThat(has(open, "bat-more-" + j)).isTrue();
                    }
                    new TestBatches(open).create("bat-of-copy");
                }
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        assertThat(has(store, "bat-of-copy")).isFalse();
    }

    @Test
    void a_store_that_only_reads_makes_a_copy_that_can_be_read() throws Exception {
        try (JdbcBatchStore reader = reader(folder.resolve("batches.db"))) {
            new TestBatches(store).create("bat-2");
            reader.backup(copy);
        }
        try (JdbcBatchStore reader = reader(copy)) {
            assertThat(has(reader, "bat-2")).isTrue();
            assertThat(reader.notes()).isEmpty();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.tmp*");
    }

    @Test
    void a_copy_is_for_its_owner_alone() throws Exception {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix"))
                .isTrue();
        store.backup(copy);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(Files.getAttribute(copy, "unix:nlink")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-wal", "-shm", "-journal"})
    void nothing_is_overwritten(String ending) throws Exception {
        Path there = Files.writeString(copy.resolveSibling(copy.getFileName() + ending), "mine");
        assertRefused(() -> store.backup(copy), ErrorCode.INVALID_ARGUMENT, "exists already");
        assertThat(there).hasContent("mine");
        Files.delete(there);
        Files.createSymbolicLink(there, folder.resolve("elsewhere"));
        assertRefused(() -> store.backup(copy), ErrorCode.INVALID_ARGUMENT, "is a link");
        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void neither_the_store_itself_nor_a_missing_folder_is_a_place_for_it() {
        assertRefused(() -> store.backup(folder.resolve("batches.db")), ErrorCode.INVALID_ARGUMENT, "exists already");
        assertRefused(() -> store.backup(folder.resolve("no/copy.db")), ErrorCode.INVALID_ARGUMENT, "does not exist");
        store.close();
        assertRefused(() -> store.backup(copy), ErrorCode.STORE_UNAVAILABLE, "is closed");
    }

    @Test
    void an_interrupted_thread_makes_it() {
        Thread.currentThread().interrupt();
        store.backup(copy);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(copy).isNotEmptyFile();
    }

    @Test
    void postgresql_has_a_tool_for_it() throws Exception {
        try (JdbcBatchStore postgres = JdbcBatchStore.open(TestPostgres.newDatabase())) {
            assertRefused(() -> postgres.backup(copy), ErrorCode.INVALID_ARGUMENT, "pg_dump");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs4", "CIFS", "fuse.sshfs", "9p"})
    void a_store_on_a_network_says_so(String type) {
        try (JdbcBatchStore remote = JdbcBatchStore.builder()
                .file(folder.resolve("remote.db"))
                .fileSystems(file -> type)
                .build()) {
            assertThat(remote.notes()).singleElement().asString().containsIgnoringCase("type \"" + type + "\"");
            assertThat(remote.warnings()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "NTFS", "fuseblk", ""})
    void one_on_a_disk_of_this_machine_says_nothing(String type) {
        try (JdbcBatchStore local = JdbcBatchStore.builder()
                .file(folder.resolve("local.db"))
                .fileSystems(file -> type)
                .build()) {
            assertThat(local.notes()).isEmpty();
        }
    }

    private static JdbcBatchStore reader(Path file) {
        return JdbcBatchStore.builder().file(file).readOnly(true).build();
    }

    private static boolean has(JdbcBatchStore store, String id) {
        return store.find(new BatchKey.ById(TestBatches.PROJECT, id)).isPresent();
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
