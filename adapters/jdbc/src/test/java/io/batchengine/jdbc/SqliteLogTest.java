package io.batchengine.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.BatchKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log of a store that was killed is removed, cut, or taken from elsewhere: the next opening tells, and tells of nothing else. */
class SqliteLogTest {
    private static final int FRAME = 24 + 4096;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private int images;

    @SuppressWarnings("NullAway.Init")
    private JdbcBatchStore live;

    @BeforeEach
    void open() throws IOException {
        live = open("live");
        new TestBatches(live).create("bat-1");
        checkpoint(live);
        new TestBatches(live).create("bat-2");
    }

    @AfterEach
    void close() {
        live.close();
    }

    @Test
    void a_log_that_was_removed_or_emptied_is_told_once() throws Exception {
        StoreImage removed = image().withoutLog();
        StoreImage emptied = image().withLogOf(0);
        for (StoreImage image : new StoreImage[] {removed, emptied}) {
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(image.database())) {
                assertThat(store.notes()).singleElement().asString().contains("is missing", "batches.db-wal");
                assertThat(has(store, "bat-1"))
                        .as("its creation is in the file")
                        .isTrue();
                assertThat(has(store, "bat-2")).isFalse();
            }
            assertSilent(image.database());
        }
    }

    /** A reader replaces the index of the log, by which a writer notices the loss. */
    @Test
    void a_reader_that_comes_first_refuses_and_leaves_what_tells() throws Exception {
        StoreImage removed = image().withoutLog();
        StoreImage emptied = image().withLogOf(0);
        StoreImage cut = image().withLogOf(FRAME);
        for (StoreImage image : new StoreImage[] {removed, emptied, cut}) {
            Files.createFile(new StoreFiles(image.database()).lock());
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> reader(image.database()))
                        .isInstanceOfSatisfying(
                                BatchEngineException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                        .hasMessageContaining("batches.db-wal");
            }
        }
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(emptied.database())) {
            assertThat(store.notes()).singleElement().asString().contains("is missing");
        }
    }

    @Test
    void so_is_one_whose_index_is_gone_too() throws Exception {
        StoreImage removed = image().withoutLog().withoutIndex();
        StoreImage emptied = image().withLogOf(0).withoutIndex();
        for (StoreImage image : new StoreImage[] {removed, emptied}) {
            try (JdbcBatchStore reader = reader(image.database())) {
                assertThat(reader.notes()).singleElement().asString().contains("may be missing");
            }
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(image.database())) {
                assertThat(store.notes())
                        .singleElement()
                        .asString()
                        .contains("may be missing")
                        .containsPattern("since 20..-..-..T");
            }
            assertSilent(image.database());
        }
    }

    @Test
    void the_log_of_another_store_is_refused_until_it_is_moved_away() throws Exception {
        try (JdbcBatchStore other = open("other")) {
            new TestBatches(other).create("bat-other");
            StoreImage image = image().withoutIndex();
            image.withLogOf(StoreImage.of(database("other"), folder.resolve("image-of-other")));
            assertRefused(image.database(), "does not belong to the store");
            image.withoutLog();
            try (JdbcBatchStore store = JdbcBatchStore.sqlite(image.database())) {
                assertThat(has(store, "bat-1")).isTrue();
                assertThat(store.notes()).hasSize(1);
            }
        }
    }

    @Test
    void a_log_and_a_file_of_different_times_are_refused() throws Exception {
        StoreImage early = image().withoutIndex();
        for (int i = 0; i < 3; i++) { // writes the log from its begin again
            new TestBatches(live).create("bat-later-" + i);
            execute(database("live"), "pragma wal_checkpoint(restart)");
            checkpoint(live);
        }
        new TestBatches(live).create("bat-last");
        StoreImage late = image().withoutIndex();
        StoreImage lateWithEarlyLog = image().withoutIndex().withLogOf(early);
        assertRefused(lateWithEarlyLog.database(), "of an earlier time");
        assertRefused(early.withLogOf(late).database(), "of an earlier time");
        try (JdbcBatchStore store = assertSilent(late)) {
            assertThat(has(store, "bat-last")).isTrue();
        }
    }

    @Test
    void a_restored_backup_beside_the_log_of_the_store_before_is_refused() throws Exception {
        Path backup = folder.resolve("backup.db");
        live.backup(backup);
        StoreImage image = image();
        Files.copy(backup, image.database(), StandardCopyOption.REPLACE_EXISTING);
        assertRefused(image.database(), "does not belong to the store");
        image.withoutLog().withoutIndex();
        try (JdbcBatchStore store = assertSilent(image)) {
            assertThat(has(store, "bat-2")).isTrue();
        }
    }

    /** Frames are cut off at the end: whole ones, or a part of the last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, FRAME, FRAME + 1, 3 * FRAME})
    void a_log_that_was_cut_short_is_refused_until_its_index_is_moved_away(int cut) throws Exception {
        StoreImage image = image();
        LogIndex index = LogIndex.read(image.files().index()).orElseThrow();
        image.withLogOf(LogFile.HEADER + index.frames() * FRAME - cut);
        assertRefused(image.database(), "was cut short");
        image.withoutIndex();
        try (JdbcBatchStore store = assertSilent(image)) {
            assertThat(has(store, "bat-1")).isTrue();
        }
    }

    @Test
    void a_log_with_a_damaged_byte_is_refused() throws Exception {
        StoreImage image = image();
        try (FileChannel log = FileChannel.open(image.files().log(), StandardOpenOption.WRITE)) {
            log.write(ByteBuffer.wrap(new byte[] {77}), LogFile.HEADER + 24 + 999);
        }
        assertRefused(image.database(), "are whole");
    }

    @Test
    void a_log_without_its_file_is_refused() throws Exception {
        StoreImage image = image();
        Files.delete(image.database());
        assertRefused(image.database(), "is empty or not there");
        Files.createFile(image.database());
        assertRefused(image.database(), "is empty or not there");
    }

    @Test
    void a_store_that_was_killed_is_whole_with_its_log_and_without_its_index() throws Exception {
        for (StoreImage image : new StoreImage[] {image(), image().withoutIndex()}) {
            try (JdbcBatchStore store = assertSilent(image)) {
                assertThat(has(store, "bat-2")).isTrue();
            }
        }
    }

    @Test
    void of_a_store_that_was_closed_the_file_is_enough() throws Exception {
        live.close();
        assertThat(new StoreFiles(database("live")).log()).doesNotExist();
        try (JdbcBatchStore store = assertSilent(image())) {
            assertThat(has(store, "bat-2")).isTrue();
        }
    }

    /** SQLite takes the log into the file when the last connection is closed, and the store's is not the last here. */
    @Test
    void so_it_is_of_one_that_another_program_has_open_when_it_is_closed() throws Exception {
        StoreFiles files = new StoreFiles(database("live"));
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + files.database());
                var statement = other.createStatement()) {
            statement.executeQuery("select count(*) from batch_engine_batch").close();
            live.close();
            assertThat(files.log()).exists();
            try (JdbcBatchStore store = assertSilent(image().withoutLog().withoutIndex())) {
                assertThat(has(store, "bat-2")).isTrue();
            }
        }
    }

    @Test
    void a_file_that_another_program_has_taken_the_log_into_is_whole() throws Exception {
        for (String statement :
                new String[] {"select count(*) from batch_engine_batch", "pragma journal_mode = delete", "vacuum"}) {
            StoreImage image = image();
            execute(image.database(), statement);
            assertThat(image.files().log()).as(statement).doesNotExist();
            try (JdbcBatchStore store = assertSilent(image)) {
                assertThat(has(store, "bat-2")).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"passive", "full", "restart", "truncate"})
    void a_checkpoint_by_another_program_while_the_store_is_open_is_no_loss(String mode) throws Exception {
        execute(database("live"), "pragma wal_checkpoint(" + mode + ")");
        try (JdbcBatchStore store = assertSilent(image())) {
            assertThat(has(store, "bat-2")).isTrue();
        }
        new TestBatches(live).create("bat-3");
        try (JdbcBatchStore store = assertSilent(image())) {
            assertThat(has(store, "bat-3")).isTrue();
        }
        StoreImage removed = image().withoutLog();
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(removed.database())) {
            assertThat(store.notes()).singleElement().asString().contains("is missing");
        }
    }

    @Test
    void a_store_of_an_earlier_version_has_no_mark_and_is_opened() throws Exception {
        live.close();
        execute(database("live"), "delete from batch_engine_meta where k = 'mark'");
        try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + database("live"));
                var statement = old.createStatement()) {
            statement.execute("insert into batch_engine_meta values ('other', 'thing')");
            assertSilent(image()).close();
        }
        assertSilent(database("live"));
    }

    @Test
    void a_reader_that_stays_open_is_no_loss() throws Exception {
        StoreFiles files = new StoreFiles(database("live"));
        try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + files.database());
                var statement = reader.createStatement()) {
            statement.execute("begin");
            statement.executeQuery("select count(*) from batch_engine_batch").close();
            new TestBatches(live).create("bat-3");
            checkpoint(live);
            new TestBatches(live).create("bat-4");
            try (JdbcBatchStore store = assertSilent(image())) {
                assertThat(has(store, "bat-4")).isTrue();
            }
            live.close();
            assertThat(files.log()).exists();
            try (JdbcBatchStore store = assertSilent(image())) {
                assertThat(has(store, "bat-4")).isTrue();
            }
            statement.execute("commit");
            live = JdbcBatchStore.sqlite(files.database());
            assertThat(live.notes()).isEmpty();
        }
    }

    @Test
    void a_store_that_only_reads_refuses_a_foreign_log_and_lets_others_be() throws Exception {
        try (JdbcBatchStore reader = reader(database("live"))) {
            assertThat(reader.notes()).isEmpty();
            assertThat(has(reader, "bat-2")).isTrue();
        }
        try (JdbcBatchStore other = open("other")) {
            new TestBatches(other).create("bat-other");
            StoreImage image = image();
            try (JdbcBatchStore reader = reader(image.database())) {
                assertThat(reader.notes()).isEmpty();
                assertThat(has(reader, "bat-2")).isTrue();
            }
            image.withLogOf(StoreImage.of(database("other"), folder.resolve("image-of-other")));
            assertThatThrownBy(() -> reader(image.database()))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
        }
    }

    @Test
    void with_a_data_source_too() throws Exception {
        StoreImage removed = image().withoutLog().withoutIndex();
        try (JdbcBatchStore store = given(removed)) {
            assertThat(store.notes()).singleElement().asString().contains("may be missing");
        }
        try (JdbcBatchStore store = given(removed);
                JdbcBatchStore other = open("other")) {
            assertThat(store.notes()).isEmpty();
            assertThat(other.notes()).isEmpty();
            new TestBatches(store).create("bat-3");
            StoreImage image = image().withoutIndex();
            image.withLogOf(StoreImage.of(database("other"), folder.resolve("image-of-other")));
            assertThatThrownBy(() -> given(image)).hasMessageContaining("does not belong");
            store.backup(folder.resolve("given.db"));
        }
        try (JdbcBatchStore copy = JdbcBatchStore.sqlite(folder.resolve("given.db"))) {
            assertThat(has(copy, "bat-3")).isTrue();
        }
    }

    private static JdbcBatchStore given(StoreImage image) {
        String url = "jdbc:sqlite:" + image.database();
        return JdbcBatchStore.builder()
                .dataSource(new Faulty(() -> DriverManager.getConnection(url)).dataSource())
                .build();
    }

    private StoreImage image() throws IOException, InterruptedException {
        return StoreImage.of(database("live"), folder.resolve("image-" + images++));
    }

    private Path database(String name) {
        return folder.resolve(name).resolve("batches.db");
    }

    private JdbcBatchStore open(String name) throws IOException {
        Files.createDirectories(folder.resolve(name));
        return JdbcBatchStore.sqlite(database(name), nanos::get);
    }

    private static JdbcBatchStore reader(Path file) {
        return JdbcBatchStore.builder().file(file).readOnly(true).build();
    }

    /** A claim that finds nothing, a while after the last. */
    private void checkpoint(JdbcBatchStore store) {
        new TestBatches(store).claim("one");
        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(new TestBatches(store).claim("one")).isEmpty();
    }

    private static boolean has(JdbcBatchStore store, String id) {
        return store.find(new BatchKey.ById(TestBatches.PROJECT, id)).isPresent();
    }

    private static JdbcBatchStore assertSilent(StoreImage image) {
        JdbcBatchStore store = JdbcBatchStore.sqlite(image.database());
        assertThat(store.notes()).isEmpty();
        return store;
    }

    private static void assertSilent(Path file) {
        assertSilent(new StoreImage(new StoreFiles(file))).close();
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> JdbcBatchStore.sqlite(file))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT))
                .hasMessageContaining(message)
                .hasMessageContaining("batches.db-wal");
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
