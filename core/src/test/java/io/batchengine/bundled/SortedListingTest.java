package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Ids;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SortedListingTest {
    /** A file of whatever store. */
    private record Entry(String id) implements SourceFile {
        @Override
        public String name() {
            return id;
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 999, 5_000, 5_001, 100_000})
    void any_buffer_gives_the_same_order(int names, @TempDir Path spill) throws Exception {
        List<String> ids = shuffledIds(5_000);
        List<String> expected = ids.stream().sorted(Ids::compareUtf8).toList();

        assertThat(sort(ids, Optional.empty(), new SortBuffer(names, spill))).isEqualTo(expected);
        assertThat(spill).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1_000})
    void an_id_that_comes_twice_is_listed_twice_in_a_row(int names, @TempDir Path spill) throws Exception {
        assertThat(sort(List.of("b", "a", "c", "b", "a", "b"), Optional.empty(), new SortBuffer(names, spill)))
                .containsExactly("a", "a", "b", "b", "b", "c");
    }

    @Test
    void a_listing_goes_on_behind_an_id_that_need_not_exist() throws Exception {
        List<String> ids = List.of("d", "b", "a", "e");
        assertThat(sort(ids, Optional.of("b"), SortBuffer.DEFAULT)).containsExactly("d", "e");
        assertThat(sort(ids, Optional.of("c"), SortBuffer.DEFAULT)).containsExactly("d", "e");
        assertThat(sort(ids, Optional.of("e"), SortBuffer.DEFAULT)).isEmpty();
        assertThat(sort(ids, Optional.of(""), SortBuffer.DEFAULT)).hasSize(4);
    }

    @Test
    void an_empty_source_gives_one_last_page() throws Exception {
        try (Listing listing =
                SortedListing.sort(Collections.emptyIterator(), Optional.empty(), SortBuffer.DEFAULT, Entry::new)) {
            assertThat(listing.next(5).last()).isTrue();
            assertThat(listing.next(5).files()).isEmpty();
        }
    }

    @Test
    void an_invalid_id_is_refused_and_leaves_no_file(@TempDir Path spill) {
        for (String bad : List.of("", "a\0", "x".repeat(4_097), "\ud800")) {
            assertThatThrownBy(() -> sort(List.of("a", "b", "c", bad, "d"), Optional.empty(), new SortBuffer(1, spill)))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        }
        assertThat(spill).isEmptyDirectory();
    }

    @Test
    void the_longest_ids_are_spilled_whole(@TempDir Path spill) throws Exception {
        List<String> ids = List.of("\u20ac".repeat(4_096), "\u20ac".repeat(4_095), "a");
        assertThat(sort(ids, Optional.empty(), new SortBuffer(1, spill)))
                .containsExactly(ids.get(2), ids.get(1), ids.get(0));
    }

    @Test
    void runs_have_no_name_while_a_listing_is_open_on_unix(@TempDir Path spill) throws Exception {
        try (Listing listing = SortedListing.sort(
                shuffledIds(100).iterator(), Optional.empty(), new SortBuffer(10, spill), Entry::new)) {
            assertThat(listing.next(1).files()).hasSize(1);
            assertThat(spill).isEmptyDirectory();
        }
    }

    @Test
    void an_abandoned_listing_gives_its_files_up(@TempDir Path dir) throws Exception {
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            Listing listing = SortedListing.sort(
                    shuffledIds(300).iterator(), Optional.empty(), new SortBuffer(10, dir), Entry::new);
            listing.next(1);
            listing.close();
        }
        // Each of the 20 held 29; others of this process may come and go.
        assertThat(openFiles()).isLessThan(before + 29);
    }

    @Test
    void no_room_for_spilling_is_told_with_the_place(@TempDir Path dir) {
        Path missing = dir.resolve("missing");
        assertThatThrownBy(() -> sort(List.of("b", "a"), Optional.empty(), new SortBuffer(1, missing)))
                .isInstanceOfSatisfying(
                        BatchEngineException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LISTING_FAILED))
                .hasMessageContaining(missing.toString());
    }

    @Test
    void a_buffer_holds_at_least_one_name() {
        assertThatThrownBy(() -> new SortBuffer(0, null)).hasMessageContaining("0 names");
    }

    @Test
    void a_million_ids_are_sorted_in_a_small_heap() throws Exception {
        SmallHeapJvm.Result result = SmallHeapJvm.run(List.of("-Xmx32m"), "C", SortMillion.class, "1000000", "10000");
        assertThat(result.output()).isEqualTo("1000000 sorted");
        assertThat(result.exitCode()).isZero();
    }

    private static List<String> sort(List<String> ids, Optional<String> after, SortBuffer buffer) throws Exception {
        try (Listing listing = SortedListing.sort(ids.iterator(), after, buffer, Entry::new)) {
            return Sources.drain(listing, 100).stream().map(SourceFile::id).toList();
        }
    }

    private static List<String> shuffledIds(int count) {
        List<String> ids = new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> Integer.toString(i, 36)).toList());
        ids.set(0, "\uffff");
        ids.set(1, "\ud83d\ude00");
        Collections.shuffle(ids, new Random(count));
        return ids;
    }

    private static long openFiles() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
