package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.ClaimRequest;
import io.batchengine.spi.store.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteOpeningTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void nameFile() {
        file = folder.resolve("b\u00e4tches %20#.db");
    }

    @Test
    void a_second_opener_of_this_process_is_refused_by_any_name_and_the_first_keeps_its_lock() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file);
                ChildStore child = ChildStore.start("jdbc:sqlite:" + link())) {
            for (Path name : List.of(file, link(), folder.resolve("x/..").resolve(file.getFileName()))) {
                assertRefused(() -> JdbcBatchStore.sqlite(name), ErrorCode.STORE_IN_USE, "this process");
            }
            // Had the refused ones opened the lock's file, the operating system would have let go of it.
            try (ChildStore later = ChildStore.start("jdbc:sqlite:" + link())) {
                assertThat(later.told()).isEqualTo("refused STORE_IN_USE");
            }
            assertThat(child.told()).isEqualTo("refused STORE_IN_USE");
            new TestBatches(store).create("bat-1");
        }
        JdbcBatchStore.sqlite(file).close();
    }

    @Test
    void after_a_kill_the_next_opener_takes_over_at_once() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
        }
        try (ChildStore child = ChildStore.start("jdbc:sqlite:" + link())) {
            assertThat(child.told()).isEqualTo("claimed 1");
            assertRefused(() -> JdbcBatchStore.sqlite(file), ErrorCode.STORE_IN_USE, "another process");
            child.kill();
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            var claimed = store.claim(ClaimRequest.builder()
                    .owner("next")
                    .claimToken(TestBatches.newToken())
                    .lease(TestBatches.LEASE)
                    .types(Set.of(TestBatches.TYPE))
                    .limit(9)
                    .at(TestBatches.NOON)
                    .build());
            assertThat(claimed).singleElement().satisfies(one -> {
                assertThat(one.ownerLost()).isTrue();
                assertThat(one.batch().state().epoch()).isEqualTo(2);
            });
        }
    }

    @Test
    void a_reader_sees_what_is_committed_beside_the_writer_and_writes_nothing() throws Exception {
        assertRefused(this::reader, ErrorCode.INVALID_ARGUMENT, "does not exist");
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file);
                JdbcBatchStore reader = reader();
                JdbcBatchStore other = reader()) {
            TestBatches batches = new TestBatches(store);
            batches.running("bat-1");
            assertThat(new TestBatches(reader).find("bat-1")).isEqualTo(batches.find("bat-1"));
            assertThat(batches.commit(batches.find("bat-1"), BatchStatus.COMPLETED))
                    .isEqualTo(Verdict.Kind.APPLIED);
            assertThat(new TestBatches(other).find("bat-1").state().status()).isEqualTo(BatchStatus.COMPLETED);
            assertRefused(() -> new TestBatches(reader).create("bat-2"), ErrorCode.STORE_UNAVAILABLE, "reading only");
        }
        try (JdbcBatchStore reader = reader()) {
            assertThat(new TestBatches(reader).find("bat-1").state().status()).isEqualTo(BatchStatus.COMPLETED);
        }
    }

    @Test
    void what_can_be_no_store_is_refused_by_name() throws Exception {
        Files.createDirectory(folder.resolve("dir"));
        Files.writeString(folder.resolve("text"), "This is no database, however long it may be. ".repeat(50));
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        assertRefused(() -> JdbcBatchStore.sqlite(folder.resolve("dir")), ErrorCode.INVALID_ARGUMENT, "is a directory");
        assertRefused(
                () -> JdbcBatchStore.sqlite(folder.resolve("no/such/file")),
                ErrorCode.INVALID_ARGUMENT,
                "does not exist");
        assertRefused(() -> JdbcBatchStore.sqlite(folder.resolve("dangling")), ErrorCode.INVALID_ARGUMENT, "is a link");
        assertRefused(() -> JdbcBatchStore.sqlite(folder.resolve("text")), ErrorCode.STORE_UNAVAILABLE, "text");
        assertThat(folder.resolve("text")).content().startsWith("This is no database");
        for (String url : List.of(
                "jdbc:sqlite:",
                "jdbc:sqlite::memory:",
                "jdbc:sqlite:file:x",
                "jdbc:sqlite::resource:x",
                "jdbc:sqlite:a?mode=ro")) {
            assertRefused(() -> JdbcBatchStore.open(url), ErrorCode.INVALID_ARGUMENT, "names no file");
        }
        // A refused one holds nothing: what was wrong is put right, and it opens.
        Files.delete(folder.resolve("text"));
        JdbcBatchStore.sqlite(folder.resolve("text")).close();
    }

    @Test
    void a_file_of_two_names_is_refused() throws Exception {
        JdbcBatchStore.sqlite(file).close();
        Path twin = Files.createLink(folder.resolve("twin.db"), file);
        assertRefused(() -> JdbcBatchStore.sqlite(twin), ErrorCode.INVALID_ARGUMENT, "2 names");
        Files.delete(twin);
        JdbcBatchStore.sqlite(file).close();
    }

    @Test
    void a_closed_store_refuses_calls_and_leaves_nothing_open() throws Exception {
        JdbcBatchStore store = JdbcBatchStore.sqlite(file);
        new TestBatches(store).create("bat-1");
        new TestBatches(store).find("bat-1");
        store.close();
        store.close();
        assertRefused(() -> new TestBatches(store).find("bat-1"), ErrorCode.STORE_UNAVAILABLE, "is closed");
        assertRefused(() -> new TestBatches(store).create("bat-2"), ErrorCode.STORE_UNAVAILABLE, "is closed");
        assumeThat(Path.of("/proc/self/fd")).isDirectory();
        Path real = folder.toRealPath();
        assertThat(openFiles()).noneMatch(open -> open.startsWith(real));
    }

    @Test
    void an_interrupted_thread_opens_reads_and_writes_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file)) {
            new TestBatches(store).create("bat-1");
            assertThat(new TestBatches(store).find("bat-1").id()).isEqualTo("bat-1");
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
            assertRefused(() -> JdbcBatchStore.sqlite(file), ErrorCode.STORE_IN_USE, "this process");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private JdbcBatchStore reader() {
        return JdbcBatchStore.builder()
                .url("jdbc:sqlite:" + link())
                .readOnly(true)
                .build();
    }

    /** Another name of the file, by a link to its folder. */
    private Path link() {
        Path link = folder.resolve("link");
        try {
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return link.resolve(file.getFileName());
    }

    private static List<Path> openFiles() throws IOException {
        try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
            return links.flatMap(SqliteOpeningTest::target).toList();
        }
    }

    private static Stream<Path> target(Path link) {
        try {
            return Stream.of(Files.readSymbolicLink(link));
        } catch (IOException gone) {
            return Stream.empty();
        }
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }
}
