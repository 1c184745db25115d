package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.batchengine.model.Ids;
import io.batchengine.model.Scope;
import io.batchengine.model.Text;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link SourceDirectory} as JUnit tests, each a numbered rule: {@code D1.2 ids strictly ascend by their UTF-8 bytes}.
 * Extend it and tell how a directory with given files is made:
 *
 * <pre>{@code
 * class BucketDirectoryTest extends SourceDirectoryContract {
 *     @Override
 *     protected SourceDirectoryFixture directory(List<String> names) {
 *         Bucket bucket = new Bucket();
 *         names.forEach(name -> bucket.put(name, contentOf(name)));
 *         return SourceDirectoryFixture.of(new BucketDirectory(bucket), "dir-bucket");
 *     }
 * }
 * }</pre>
 *
 * <p>A fixture may declare more: that files can be removed, who must not see the directory. Rules that need what is not declared, and names
 * that the source {@linkplain #canHold can't hold}, are reported as skipped.
 *
 * <p>Needs JUnit 5.12 or later, and AssertJ.
 *
 * @since 0.1
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public abstract class SourceDirectoryContract extends FileRules {
    /** For subclasses. */
    protected SourceDirectoryContract() {}

    /**
     * Makes a directory of its own, with these files and no others.
     *
     * @param names the names that {@link SourceFile#name} is to answer; none twice; up to 10,000
     * @return the directory, each file with the content of {@link #contentOf}
     * @throws Exception fails the rule
     */
    protected abstract SourceDirectoryFixture directory(List<String> names) throws Exception;

    /**
     * Whether the source can have a file of this name. Asked for unusual names alone; those with ASCII letters, digits, dots, dashes and
     * underscores must do.
     *
     * @param name the name
     * @return true unless overridden
     */
    protected boolean canHold(String name) {
        return true;
    }

    /**
     * What a file is to contain, by its name.
     *
     * @param name the file's name
     * @return nothing for {@code empty.bin}, a megabyte for {@code large.bin}, otherwise the name in UTF-8
     */
    public static byte[] contentOf(String name) {
        if (name.equals("empty.bin")) {
            return new byte[0];
        }
        if (name.equals("large.bin")) {
            byte[] large = new byte[1 << 20];
            for (int i = 0; i < large.length; i++) {
                large[i] = (byte) (i * 31 / 8);
            }
            return large;
        }
        return name.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    final SourceDirectoryFixture open(List<String> names) throws Exception {
        return directory(List.copyOf(names));
    }

    @Override
    final boolean holds(String name) {
        return canHold(name);
    }

    @Test
    void d9_1_the_directory_exists() throws Exception {
        for (SourceDirectoryFixture fixture : List.of(given("a"), given())) {
            assertThat(fixture.source().exists(fixture.scope(), fixture.directoryId()))
                    .isTrue();
            assertThat(fixture.reopened().exists(fixture.scope(), fixture.directoryId()))
                    .isTrue();
        }
    }

    @Test
    void d9_2_what_is_no_directory_does_not_exist() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        String own = fixture.directoryId();
        for (String wrong : List.of(
                "dir-unknown",
                own + "x",
                own + "/",
                own + "/.",
                own + "/a",
                "..",
                ".",
                "/",
                "%2e%2e",
                " ",
                "\n",
                "*",
                "' or '1'='1",
                "é",
                "x".repeat(Ids.MAX_FILE_ID_LENGTH))) {
            assertThat(fixture.source().exists(fixture.scope(), wrong))
                    .as("existence of %s", Text.quote(wrong))
                    .isFalse();
        }
    }

    @Test
    void d9_3_an_unknown_directory_fails_to_list_instead_of_being_empty() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        assertThatException().isThrownBy(() -> listAs(fixture, fixture.scope(), "dir-unknown"));
    }

    @Test
    void d9_4_nothing_is_found_in_an_unknown_directory() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        String id = named(fixture, "a").id();
        assertThat(findsNothing(fixture.source(), fixture, "dir-unknown", id)).isTrue();
    }

    @Test
    void d9_5_a_directory_does_not_exist_for_strangers() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        Scope stranger = strangerOf(fixture);
        assertThat(fixture.source().exists(stranger, fixture.directoryId())).isFalse();
        assertThatException().isThrownBy(() -> listAs(fixture, stranger, fixture.directoryId()));
    }

    @Test
    void d9_6_strangers_find_no_file() throws Exception {
        SourceDirectoryFixture fixture = given("a");
        Scope stranger = strangerOf(fixture);
        String id = named(fixture, "a").id();
        Optional<SourceFile> found;
        try {
            found = fixture.source().find(FileRequest.of(stranger, fixture.directoryId(), id));
        } catch (Exception refused) {
            found = Optional.empty();
        }
        assertThat(found).isEmpty();
    }

    @Test
    void d9_7_an_organization_may_stand_beside_the_project() throws Exception {
        SourceDirectoryFixture fixture = given("a", "b");
        Scope without = new Scope(null, fixture.scope().projectId());
        assertThat(fixture.source().exists(without, "dir-unknown")).isFalse();
        Scope with = new Scope("org-contract", fixture.scope().projectId());
        assertThat(fixture.source().exists(with, "dir-unknown")).isFalse();
    }

    @Test
    void d10_1_a_file_that_was_removed_is_listed_no_more() throws Exception {
        SourceDirectoryFixture fixture = given("a", "b", "c");
        declared(fixture.remove("b"), "remove files");
        assertThat(names(list(fixture))).containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void d10_2_a_file_that_was_added_is_listed_and_found() throws Exception {
        SourceDirectoryFixture fixture = given("a", "c");
        declared(fixture.add("b"), "add files");
        assertThat(names(list(fixture))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(content(find(fixture, named(fixture, "b").id()).orElseThrow()))
                .isEqualTo(contentOf("b"));
    }

    @Test
    void d10_3_a_change_meanwhile_loses_and_repeats_no_other_file() throws Exception {
        SourceDirectoryFixture fixture = given(numbered(50));
        List<SourceFile> before = list(fixture);
        List<SourceFile> read = new ArrayList<>();
        try (Listing listing = listing(fixture, Optional.empty())) {
            read.addAll(page(listing, 10).files());
            // Two behind the reader and one added: an offset is shifted whatever the order of the names.
            declared(fixture.remove(before.get(3).name()), "remove files");
            declared(fixture.remove(before.get(5).name()), "remove files");
            declared(fixture.remove(before.get(40).name()), "remove files");
            declared(fixture.add("added.txt"), "add files");
            read.addAll(drain(listing, 10));
        }
        List<String> names = new ArrayList<>(names(read));
        names.removeAll(List.of("added.txt", before.get(40).name()));
        List<String> expected = new ArrayList<>(names(before));
        expected.remove(before.get(40).name());
        assertThat(names).isEqualTo(expected);
    }

    @Test
    void d10_4_a_listing_after_an_id_has_what_is_there_then() throws Exception {
        SourceDirectoryFixture fixture = given("a", "c", "e");
        List<SourceFile> before = list(fixture);
        declared(fixture.add("b"), "add files");
        declared(fixture.add("d"), "add files");
        List<String> all = ids(list(fixture));
        String token = before.get(1).id();
        assertThat(ids(list(fixture, Optional.of(token), 2)))
                .isEqualTo(all.subList(all.indexOf(token) + 1, all.size()));
    }

    private static Scope strangerOf(SourceDirectoryFixture fixture) {
        declared(fixture.stranger().isPresent(), "name a stranger");
        return fixture.stranger().orElseThrow();
    }

    private static List<SourceFile> listAs(SourceDirectoryFixture fixture, Scope scope, String directoryId)
            throws Exception {
        try (Listing listing = fixture.source().list(ListRequest.of(scope, directoryId))) {
            return drain(listing, 10);
        }
    }
}
