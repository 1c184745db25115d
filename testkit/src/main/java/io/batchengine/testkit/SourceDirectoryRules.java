package io.batchengine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.batchengine.model.Text;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceDirectory;
import io.batchengine.spi.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;

/** What the rules for source directories share: fixtures, and listings read to their end. */
@DisplayNameGeneration(RuleNames.class)
abstract class SourceDirectoryRules {
    /** How many empty pages in a row are taken for a listing that does not end; the engine allows fewer. */
    private static final int MAX_EMPTY_PAGES = 1_000;
    /** More than any rule's directory has: a listing that gives one page again and again. */
    private static final int MAX_FILES = 50_000;

    private final List<SourceDirectoryFixture> fixtures = new ArrayList<>();

    abstract SourceDirectoryFixture open(List<String> names) throws Exception;

    abstract boolean holds(String name);

    @AfterEach
    void closeFixtures() throws Exception {
        for (SourceDirectoryFixture fixture : fixtures) {
            fixture.close();
        }
    }

    SourceDirectoryFixture given(String... names) throws Exception {
        return given(List.of(names));
    }

    SourceDirectoryFixture given(List<String> names) throws Exception {
        SourceDirectoryFixture fixture = open(names);
        fixtures.add(fixture);
        return fixture;
    }

    /** Those of the names that the source can hold; the rule is skipped where there is none. */
    List<String> holdable(String... names) {
        List<String> held = List.of(names).stream().filter(this::holds).toList();
        assumeTrue(!held.isEmpty(), () -> "the source can't hold " + Text.printable(String.join(", ", names)));
        return held;
    }

    static void declared(boolean can, String what) {
        assumeTrue(can, () -> "the fixture can't " + what);
    }

    static Listing listing(SourceDirectoryFixture fixture, Optional<String> afterId) throws Exception {
        Listing listing = fixture.source()
                .list(ListRequest.of(fixture.scope(), fixture.directoryId()).withAfterId(afterId));
        assertThat(listing).as("a listing").isNotNull();
        return listing;
    }

    static List<SourceFile> list(SourceDirectoryFixture fixture) throws Exception {
        return list(fixture, Optional.empty(), 100);
    }

    static List<SourceFile> list(SourceDirectoryFixture fixture, Optional<String> afterId, int limit) throws Exception {
        try (Listing listing = listing(fixture, afterId)) {
            return drain(listing, limit);
        }
    }

    /** All files from here to the end; checks of each page what every page must be. */
    static List<SourceFile> drain(Listing listing, int limit) throws Exception {
        List<SourceFile> all = new ArrayList<>();
        int empty = 0;
        while (true) {
            FilePage page = page(listing, limit);
            all.addAll(page.files());
            assertThat(all.size()).as("files listed").isLessThan(MAX_FILES);
            empty = page.files().isEmpty() ? empty + 1 : 0;
            assertThat(empty).as("empty pages in a row").isLessThan(MAX_EMPTY_PAGES);
            if (page.last()) {
                return all;
            }
        }
    }

    static FilePage page(Listing listing, int limit) throws Exception {
        FilePage page = listing.next(limit);
        assertThat(page).as("a page").isNotNull();
        assertThat(page.files()).as("a page's files").isNotNull().doesNotContainNull();
        assertThat(page.files().size()).as("files of a page").isLessThanOrEqualTo(limit);
        return page;
    }

    static List<String> ids(List<? extends SourceFile> files) {
        return files.stream().map(SourceFile::id).toList();
    }

    static List<String> names(List<? extends SourceFile> files) {
        return files.stream().map(SourceFile::name).toList();
    }

    static Map<String, SourceFile> byName(SourceDirectoryFixture fixture) throws Exception {
        Map<String, SourceFile> files = new LinkedHashMap<>();
        list(fixture).forEach(file -> files.put(file.name(), file));
        return files;
    }

    static SourceFile named(SourceDirectoryFixture fixture, String name) throws Exception {
        SourceFile file = byName(fixture).get(name);
        assertThat(file).as("the listed file %s", Text.quote(name)).isNotNull();
        return file;
    }

    static Optional<SourceFile> find(SourceDirectoryFixture fixture, String id) throws Exception {
        Optional<SourceFile> found = fixture.source().find(FileRequest.of(fixture.scope(), fixture.directoryId(), id));
        assertThat(found).as("find's answer").isNotNull();
        return found;
    }

    /** Whether a call gives no file: it answers that there is none, or refuses. */
    static boolean findsNothing(SourceDirectory source, SourceDirectoryFixture asked, String directoryId, String id) {
        try {
            return source.find(FileRequest.of(asked.scope(), directoryId, id)).isEmpty();
        } catch (Exception refused) {
            return true;
        }
    }

    static byte[] content(SourceFile file) throws IOException {
        try (InputStream in = file.open()) {
            return in.readAllBytes();
        }
    }

    static List<String> numbered(int count) {
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(Text.format("file-%05d.txt", i));
        }
        return names;
    }
}
