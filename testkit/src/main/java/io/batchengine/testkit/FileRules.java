package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.batchengine.model.Ids;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** D5 to D8: ids, names, finding a file again, and its content. */
abstract class FileRules extends ListingRules {
    private static final int MEGABYTE = 1 << 20;

    @Test
    void d5_1_ids_are_valid() throws Exception {
        List<String> names = holdable("a", "%00", "a b", "é", "😀", "x".repeat(200), "a%2Fb", "..a");
        assertThat(ids(list(given(names))))
                .hasSameSizeAs(names)
                .allSatisfy(
                        id -> assertThat(Ids.fault(id, Ids.MAX_FILE_ID_LENGTH)).isNull());
    }

    @Test
    void d5_2_ids_are_the_same_after_a_restart() throws Exception {
        SourceDirectoryFixture fixture = given(holdable("a", "é", "😀", "x y"));
        List<String> ids = ids(list(fixture));
        try (var listing = fixture.reopened().list(ListRequest.of(fixture.scope(), fixture.directoryId()))) {
            assertThat(ids(drain(listing, 10))).isEqualTo(ids);
        }
    }

    @Test
    void d5_3_a_file_answers_the_same_id_and_name_each_time() throws Exception {
        for (SourceFile file : list(given("a", "b"))) {
            assertThat(file.id()).isEqualTo(file.id());
            assertThat(file.name()).isNotEmpty().isEqualTo(file.name());
            assertThat(file.unreadable()).isEmpty();
            assertThat(file.path()).isNotNull();
        }
    }

    @Test
    void d6_1_names_of_all_scripts_and_planes_are_kept() throws Exception {
        keeps("ä.txt", "Привет", "日本語", "العربية", "हिन्दी", "👩‍👩‍👧", "𝒳", "\uFFFD");
    }

    @Test
    void d6_2_names_that_differ_in_composition_alone_are_two_files() throws Exception {
        keeps("caf\u00e9", "cafe\u0301");
    }

    @Test
    void d6_3_names_that_differ_in_case_alone_are_two_files() throws Exception {
        keeps("Report.pdf", "report.pdf", "REPORT.PDF", "straße", "strasse", "STRASSE");
    }

    @Test
    void d6_4_long_names_are_kept() throws Exception {
        keeps("x".repeat(255), "ß".repeat(120), "x".repeat(254));
    }

    @Test
    void d6_5_spaces_and_signs_are_kept() throws Exception {
        keeps(
                " a", "a ", "a  b", "a+b", "a&b=c", "a#b", "a?b", "a:b", "a*b", "a\"b", "a'b", "a;b", "a\\b", "a|b",
                "~", "$x");
    }

    @Test
    void d6_6_names_that_look_like_paths_or_escapes_are_kept() throws Exception {
        keeps("...", "..a", "a..", "-rf", "%2e%2e", "%2F", "%", "%%", "%zz", "%41", "a%00b", "C:");
    }

    @Test
    void d6_7_line_ends_and_control_characters_are_kept() throws Exception {
        keeps("a\nb", "a\rb", "a\tb", "a\u001bb", "a\u007fb", "a\u2028b", "a\u202eb", "\ufeffa");
    }

    @Test
    void d7_1_each_listed_file_is_found_by_its_id() throws Exception {
        SourceDirectoryFixture fixture = given(holdable("a", "é", "😀", "x y", "large.bin", "empty.bin"));
        for (SourceFile listed : list(fixture)) {
            SourceFile found = find(fixture, listed.id()).orElseThrow();
            assertThat(found.id()).isEqualTo(listed.id());
            assertThat(found.name()).isEqualTo(listed.name());
            assertThat(found.size()).isEqualTo(listed.size());
            assertThat(found.unreadable()).isEqualTo(listed.unreadable());
            assertThat(content(found)).isEqualTo(content(listed));
        }
    }

    @Test
    void d7_2_a_file_that_is_gone_is_not_found() throws Exception {
        SourceDirectoryFixture fixture = given("a", "b");
        String id = named(fixture, "b").id();
        declared(fixture.remove("b"), "remove files");
        assertThat(find(fixture, id)).isEmpty();
    }

    @Test
    void d7_3_a_file_of_another_directory_is_not_found() throws Exception {
        SourceDirectoryFixture other = given("only-there");
        SourceDirectoryFixture fixture = given("only-here");
        assertThat(find(fixture, named(other, "only-there").id())).isEmpty();
    }

    @Test
    void d7_4_what_is_no_id_finds_no_file() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        String id = named(fixture, "a").id();
        for (String wrong : List.of(
                "..",
                "../a",
                "/etc/passwd",
                "./a",
                id + "/",
                id + "/..",
                id + "%00",
                id.toUpperCase(Locale.ROOT) + "!",
                "%",
                "x".repeat(Ids.MAX_FILE_ID_LENGTH),
                "' or '1'='1",
                "*")) {
            assertThat(findsNothing(fixture.source(), fixture, fixture.directoryId(), wrong))
                    .as("nothing is found by %s", Text.quote(wrong))
                    .isTrue();
        }
    }

    @Test
    void d7_5_several_threads_may_find_at_once() throws Exception {
        SourceDirectoryFixture fixture = given(numbered(20));
        Map<String, SourceFile> files = byName(fixture);
        Parallel.call(() -> {
            for (SourceFile file : files.values()) {
                assertThat(find(fixture, file.id()).orElseThrow().name()).isEqualTo(file.name());
            }
            return true;
        });
    }

    @Test
    void d7_6_files_are_found_after_a_restart() throws Exception {
        SourceDirectoryFixture fixture = given("a", "b");
        SourceFile listed = named(fixture, "b");
        Optional<SourceFile> found =
                fixture.reopened().find(FileRequest.of(fixture.scope(), fixture.directoryId(), listed.id()));
        assertThat(content(found.orElseThrow())).isEqualTo(content(listed));
    }

    @Test
    void d8_1_the_content_is_that_of_the_file() throws Exception {
        SourceDirectoryFixture fixture = given("a", "b", "large.bin", "empty.bin");
        for (SourceFile file : list(fixture)) {
            assertThat(content(file)).as(file.name()).isEqualTo(SourceDirectoryContract.contentOf(file.name()));
        }
    }

    @Test
    void d8_2_content_can_be_read_again_from_its_begin() throws Exception {
        SourceFile file = named(given("large.bin"), "large.bin");
        byte[] expected = SourceDirectoryContract.contentOf("large.bin");
        assertThat(content(file)).isEqualTo(expected);
        try (InputStream first = file.open();
                InputStream second = file.open()) {
            assertThat(first.readNBytes(10)).startsWith(expected[0]);
            assertThat(second.readAllBytes()).isEqualTo(expected);
            assertThat(first.readAllBytes()).hasSize(MEGABYTE - 10);
        }
    }

    @Test
    void d8_3_files_can_be_read_by_several_threads_at_once() throws Exception {
        SourceDirectoryFixture fixture = given(numbered(8));
        List<SourceFile> files = list(fixture);
        Parallel.call(thread -> () -> {
            SourceFile own = files.get(thread);
            for (int i = 0; i < 20; i++) {
                assertThat(content(own)).isEqualTo(SourceDirectoryContract.contentOf(own.name()));
            }
            return true;
        });
    }

    @Test
    void d8_4_a_size_that_is_told_is_that_of_the_content() throws Exception {
        for (SourceFile file : list(given("a", "large.bin", "empty.bin"))) {
            OptionalLong size = file.size();
            assertThat(size.orElse(content(file).length)).as(file.name()).isEqualTo(content(file).length);
        }
    }

    @Test
    void d8_5_a_stream_may_be_closed_before_its_end_and_again() throws Exception {
        SourceFile file = named(given("large.bin"), "large.bin");
        InputStream unread = file.open();
        unread.close();
        unread.close();
        InputStream begun = file.open();
        assertThat(begun.read()).isNotNegative();
        begun.close();
        assertThat(content(file)).hasSize(MEGABYTE);
    }

    @Test
    void d8_6_a_file_that_is_gone_fails_to_open_with_its_name() throws Exception {
        SourceDirectoryFixture fixture = given("a", "gone.txt");
        SourceFile file = named(fixture, "gone.txt");
        declared(fixture.remove("gone.txt"), "remove files");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> content(file))
                .withMessageContaining("gone.txt");
        assertThat(file.size()).isNotNull();
        assertThat(file.name()).isEqualTo("gone.txt");
    }

    @Test
    void d8_7_an_unreadable_file_is_listed_with_its_reason() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        declared(fixture.addUnreadable(), "add unreadable files");
        List<SourceFile> unreadable = list(fixture).stream()
                .filter(file -> file.unreadable().isPresent())
                .toList();
        assertThat(unreadable).hasSize(1);
        assertThat(unreadable.get(0).unreadable().orElseThrow()).isNotBlank();
        assertThat(Ids.fault(unreadable.get(0).id(), Ids.MAX_FILE_ID_LENGTH)).isNull();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> unreadable.get(0).open());
    }

    /** Each name is a file of its own: listed under it, found by its id, with its own content. */
    private void keeps(String... hostile) throws Exception {
        List<String> names = holdable(hostile);
        SourceDirectoryFixture fixture = given(names);
        List<SourceFile> files = list(fixture);
        assertThat(names(files)).containsExactlyInAnyOrderElementsOf(names);
        for (SourceFile file : files) {
            assertThat(Ids.fault(file.id(), Ids.MAX_FILE_ID_LENGTH)).isNull();
            SourceFile found = find(fixture, file.id()).orElseThrow();
            assertThat(found.name()).isEqualTo(file.name());
            assertThat(content(found)).isEqualTo(SourceDirectoryContract.contentOf(file.name()));
            assertThat(content(file)).isEqualTo(content(found));
        }
    }
}
