package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.model.Ids;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** D1 to D4: what is listed, in which pages, from where on, and how a listing ends. */
abstract class ListingRules extends SourceDirectoryRules {
    private static final List<String> SEVEN = numbered(7);
    private static final int LISTINGS = 1_000;

    @Test
    void d1_1_every_file_is_listed_once() throws Exception {
        List<String> names = holdable("b.txt", "a.txt", "c", "10.txt", "9.txt", "A2.txt", "large.bin", "empty.bin");
        assertThat(names(list(given(names)))).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void d1_2_ids_strictly_ascend_by_their_utf8_bytes() throws Exception {
        // UTF-16 puts the emoji before the fullwidth tilde, UTF-8 behind it; a locale's order puts "a" before "B".
        List<String> names = holdable("a", "B", "ab", "a-", "a0", "é", "z", "～", "😀", "~", "10", "9");
        List<String> ids = ids(list(given(names)));
        assertThat(ids).hasSameSizeAs(names);
        for (int i = 1; i < ids.size(); i++) {
            assertThat(Ids.compareUtf8(ids.get(i - 1), ids.get(i)))
                    .as("order of \"%s\" and \"%s\"", ids.get(i - 1), ids.get(i))
                    .isNegative();
        }
    }

    @Test
    void d1_3_listing_again_gives_the_same_ids() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        assertThat(ids(list(fixture))).isEqualTo(ids(list(fixture)));
    }

    @Test
    void d1_4_listings_that_are_open_at_once_do_not_disturb_each_other() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        List<String> all = ids(list(fixture));
        try (Listing first = listing(fixture, Optional.empty());
                Listing second = listing(fixture, Optional.of(all.get(2)))) {
            List<SourceFile> ofFirst = new ArrayList<>(page(first, 2).files());
            List<SourceFile> ofSecond = new ArrayList<>(page(second, 1).files());
            ofFirst.addAll(drain(first, 2));
            ofSecond.addAll(drain(second, 2));
            assertThat(ids(ofFirst)).isEqualTo(all);
            assertThat(ids(ofSecond)).isEqualTo(all.subList(3, 7));
        }
    }

    @Test
    void d1_5_several_threads_may_list_at_once() throws Exception {
        SourceDirectoryFixture fixture = given(numbered(100));
        List<String> all = ids(list(fixture));
        assertThat(Parallel.call(() -> ids(list(fixture, Optional.empty(), 7))))
                .allSatisfy(ids -> assertThat(ids).isEqualTo(all));
    }

    @Test
    void d1_6_a_listing_may_be_read_and_closed_by_one_thread_after_another() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        List<String> read = new ArrayList<>();
        Listing listing = onAnotherThread(() -> listing(fixture, Optional.empty()));
        boolean last = false;
        while (!last) {
            FilePage page = onAnotherThread(() -> page(listing, 2));
            read.addAll(ids(page.files()));
            last = page.last();
        }
        onAnotherThread(() -> {
            listing.close();
            return true;
        });
        assertThat(read).isEqualTo(ids(list(fixture)));
    }

    @Test
    void d2_1_no_page_has_more_files_than_asked_for() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        for (int limit = 1; limit <= 8; limit++) {
            assertThat(names(list(fixture, Optional.empty(), limit)))
                    .as("in pages of %d", limit)
                    .hasSize(7);
        }
    }

    @Test
    void d2_2_what_is_listed_does_not_depend_on_the_limit() throws Exception {
        SourceDirectoryFixture fixture = given(numbered(100));
        List<String> all = ids(list(fixture));
        for (int limit : List.of(1, 2, 3, 7, 64, 99, 100, 101)) {
            assertThat(ids(list(fixture, Optional.empty(), limit))).isEqualTo(all);
        }
    }

    @Test
    void d2_3_a_limit_may_be_far_larger_than_the_directory() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        assertThat(names(list(fixture, Optional.empty(), 100_000))).hasSize(7);
        assertThat(names(list(fixture, Optional.empty(), Integer.MAX_VALUE))).hasSize(7);
    }

    @Test
    void d2_4_the_limit_may_change_from_page_to_page() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        try (Listing listing = listing(fixture, Optional.empty())) {
            List<SourceFile> files = new ArrayList<>(page(listing, 1).files());
            files.addAll(page(listing, 3).files());
            files.addAll(drain(listing, 2));
            assertThat(ids(files)).isEqualTo(ids(list(fixture)));
        }
    }

    @Test
    void d2_5_an_empty_directory_lists_as_empty() throws Exception {
        assertThat(list(given())).isEmpty();
    }

    @Test
    void d2_6_a_page_stays_as_it_was_when_the_next_one_is_read() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        try (Listing listing = listing(fixture, Optional.empty())) {
            List<FilePage> pages = new ArrayList<>();
            List<List<String>> asRead = new ArrayList<>();
            do {
                pages.add(page(listing, 2));
                asRead.add(ids(pages.get(pages.size() - 1).files()));
            } while (!pages.get(pages.size() - 1).last());
            assertThat(pages.stream().map(page -> ids(page.files())).toList()).isEqualTo(asRead);
        }
    }

    @Test
    void d2_7_ten_thousand_files_are_listed_in_bounded_pages() throws Exception {
        List<String> names = numbered(10_000);
        SourceDirectoryFixture fixture = given(names);
        assertThat(names(list(fixture, Optional.empty(), 256))).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void d3_1_a_listing_after_any_id_is_the_rest_of_the_whole_one() throws Exception {
        SourceDirectoryFixture fixture = given(holdable("a", "B", "ab", "é", "～", "😀", "10", "9"));
        List<String> all = ids(list(fixture));
        for (int i = 0; i < all.size(); i++) {
            for (int limit : List.of(1, 3, 100)) {
                assertThat(ids(list(fixture, Optional.of(all.get(i)), limit)))
                        .as("behind \"%s\" in pages of %d", all.get(i), limit)
                        .isEqualTo(all.subList(i + 1, all.size()));
            }
        }
    }

    @Test
    void d3_2_a_listing_after_the_last_id_is_empty() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        String last = ids(list(fixture)).get(6);
        assertThat(list(fixture, Optional.of(last), 10)).isEmpty();
    }

    @Test
    void d3_3_a_listing_continues_after_the_id_of_a_file_that_is_gone() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        List<SourceFile> all = list(fixture);
        for (int gone : List.of(0, 3, 6)) {
            declared(fixture.remove(all.get(gone).name()), "remove files");
        }
        assertThat(ids(list(fixture, Optional.of(all.get(0).id()), 2)))
                .containsExactly(
                        all.get(1).id(),
                        all.get(2).id(),
                        all.get(4).id(),
                        all.get(5).id());
        assertThat(ids(list(fixture, Optional.of(all.get(3).id()), 2)))
                .containsExactly(all.get(4).id(), all.get(5).id());
        assertThat(list(fixture, Optional.of(all.get(6).id()), 2)).isEmpty();
    }

    @Test
    void d3_4_a_listing_after_an_id_may_be_made_again() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        Optional<String> third = Optional.of(ids(list(fixture)).get(2));
        assertThat(ids(list(fixture, third, 2))).hasSize(4).isEqualTo(ids(list(fixture, third, 3)));
    }

    @Test
    void d3_5_a_listing_after_an_id_continues_after_a_restart() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        List<String> all = ids(list(fixture));
        try (Listing listing = fixture.reopened()
                .list(ListRequest.of(fixture.scope(), fixture.directoryId()).withAfterId(Optional.of(all.get(2))))) {
            assertThat(ids(drain(listing, 3))).isEqualTo(all.subList(3, 7));
        }
    }

    @Test
    void d4_1_a_listing_may_be_closed_before_its_first_page_and_before_its_last() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        listing(fixture, Optional.empty()).close();
        Listing begun = listing(fixture, Optional.empty());
        page(begun, 2);
        begun.close();
        assertThat(list(fixture)).hasSize(7);
    }

    @Test
    void d4_2_closing_again_changes_nothing() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        Listing listing = listing(fixture, Optional.empty());
        drain(listing, 3);
        listing.close();
        listing.close();
        assertThat(list(fixture)).hasSize(7);
    }

    @Test
    void d4_3_closing_one_listing_leaves_the_others_alone() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        try (Listing stays = listing(fixture, Optional.empty())) {
            page(stays, 2);
            Listing goes = listing(fixture, Optional.empty());
            page(goes, 4);
            goes.close();
            assertThat(drain(stays, 2)).hasSize(5);
        }
    }

    @Test
    void d4_4_a_closed_listing_holds_nothing() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        for (int i = 0; i < LISTINGS; i++) {
            try (Listing listing = listing(fixture, Optional.empty())) {
                page(listing, 1 + i % 8);
            }
        }
        OptionalInt open = fixture.openListings();
        assertThat(open.orElse(0)).as("listings that hold something open").isZero();
        assertThat(list(fixture)).hasSize(7);
    }

    @Test
    void d4_5_files_outlive_their_listing() throws Exception {
        SourceDirectoryFixture fixture = given(SEVEN);
        for (SourceFile file : list(fixture)) {
            assertThat(content(file)).isEqualTo(SourceDirectoryContract.contentOf(file.name()));
        }
    }

    private static <T> T onAnotherThread(Callable<T> call) throws Exception {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "contract");
        thread.start();
        return task.get();
    }
}
