package io.batchengine.jdbc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.ErrorCode;
import io.batchengine.spi.store.RenewRequest;
import io.batchengine.spi.store.StoredBatch;
import io.batchengine.spi.store.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of the table of batches that SQLite can't parse: the batches on it are told, and the rest of the store goes on. */
class DamagedPageTest {
    private static final int BATCHES = 60;
    private static final int LEAF = 0x0d;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private Path file() {
        return folder.resolve("batches.db");
    }

    @BeforeEach
    void fill() {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            IntStream.range(0, BATCHES).forEach(i -> new TestBatches(store).create(id(i)));
        }
    }

    private static String id(int batch) {
        return "bat-" + (1_000 + batch);
    }

    /** Makes the header of the table's page that holds a batch one that can't be; the batches of the page. */
    private Set<String> damage(String batch, int places) throws IOException {
        byte[] bytes = Files.readAllBytes(file());
        int size = (bytes[16] & 0xff) << 8 | (bytes[17] & 0xff);
        for (int page = 1; page * size < bytes.length; page++) {
            String text = new String(bytes, page * size, size, ISO_8859_1);
            // An index has the id too, and not the directory.
            if (text.charAt(0) == LEAF && text.contains(batch + TestBatches.PROJECT)) {
                for (int i = 0; i < places; i++) {
                    bytes[page * size + 3 + i] = (byte) 0xff; // how many cells there are
                }
                Files.write(file(), bytes);
                return IntStream.range(0, BATCHES)
                        .mapToObj(DamagedPageTest::id)
                        .filter(each -> text.contains(each + TestBatches.PROJECT))
                        .collect(Collectors.toCollection(TreeSet::new));
            }
        }
        throw new AssertionError("no page has " + batch);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, BATCHES / 2, BATCHES - 1})
    void the_other_batches_are_claimed_and_go_on(int damaged) throws Exception {
        Set<String> lost = damage(id(damaged), 2);
        assertThat(lost).hasSizeBetween(1, BATCHES / 2);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            TestBatches batches = new TestBatches(store);
            List<StoredBatch> claimed = new ArrayList<>();
            for (List<StoredBatch> more = batches.claim("one"); !more.isEmpty(); more = batches.claim("one")) {
                claimed.addAll(more);
            }
            assertThat(claimed).hasSize(BATCHES - lost.size()).noneMatch(batch -> lost.contains(batch.id()));
            assertThat(store.warnings()).anyMatch(each -> each.contains("can't be read, since pages of the table"));
            assertThat(store.renew(RenewRequest.of("one", Duration.ofSeconds(30), List.of()))
                            .held())
                    .hasSize(claimed.size());
            assertThat(batches.commit(claimed.get(0), BatchStatus.RUNNING)).isEqualTo(Verdict.Kind.APPLIED);
            assertThat(batches.find(claimed.get(1).id()).id())
                    .isEqualTo(claimed.get(1).id());
            assertThatThrownBy(() -> batches.find(lost.iterator().next()))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_CORRUPT));
        }
    }

    @Test
    void an_owner_keeps_the_batches_that_can_be_read() throws Exception {
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            for (int i = 0; i < 4; i++) {
                assertThat(new TestBatches(store).claim("one")).hasSize(9);
            }
        }
        Set<String> lost = damage(id(0), 2);
        try (JdbcBatchStore store = JdbcBatchStore.sqlite(file())) {
            var holds = store.renew(RenewRequest.of("one", Duration.ofSeconds(30), List.of()))
                    .held();
            assertThat(holds).hasSize(36 - lost.size()).noneMatch(hold -> lost.contains(hold.batchId()));
        }
    }
}
