package io.batchengine.bundled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.batchengine.model.BatchEngineException;
import io.batchengine.model.ErrorCode;
import io.batchengine.model.Scope;
import io.batchengine.spi.FilePage;
import io.batchengine.spi.FileRequest;
import io.batchengine.spi.ListRequest;
import io.batchengine.spi.Listing;
import io.batchengine.spi.SourceFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class NioSourceDirectoryTest {
    @TempDir
    Path dir;

    @Test
    void only_regular_files_of_the_directory_alone_are_listed() throws Exception {
        Sources.write(dir, "b.txt");
        Sources.write(dir, "a.txt");
        Sources.write(dir, "sub/c.txt");
        assertThat(Sources.ids(Sources.of(dir))).containsExactly("dfl-a.txt", "dfl-b.txt");
        assertThat(Sources.ids(Sources.of(dir).recursive(true)))
                .containsExactly("dfl-a.txt", "dfl-b.txt", "dfl-sub/c.txt");
        assertThat(Sources.ids(Sources.of(dir).recursive(true).recursive(false)))
                .hasSize(2);
    }

    @Test
    void an_empty_directory_gives_one_last_page() throws Exception {
        try (Listing listing = Sources.of(dir).list(ListRequest.of(Sources.SCOPE, Sources.DIRECTORY))) {
            FilePage page = listing.next(10);
            assertThat(page.files()).isEmpty();
            assertThat(page.last()).isTrue();
        }
    }

    @Test
    void links_fifos_and_sockets_are_counted_in_one_log_line_and_not_listed() throws Exception {
        Sources.write(dir, "file.txt");
        Files.createSymbolicLink(dir.resolve("to-file"), dir.resolve("file.txt"));
        Files.createSymbolicLink(dir.resolve("to-itself"), dir);
        Files.createSymbolicLink(Sources.raw(dir, "%1Bnowhere"), dir.resolve("missing"));
        mkfifo(dir.resolve("fifo"));
        List<String> lines = new ArrayList<>();
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(dir.resolve("socket")));
            lines.addAll(logged(() ->
                    assertThat(Sources.ids(Sources.of(dir).recursive(true))).containsExactly("dfl-file.txt")));
        }
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains(dir.toString(), "3 symbolic link(s)", "2 FIFO(s)", ", ...")
                        .doesNotContain("\u001b"));
        for (String id : List.of("dfl-to-file", "dfl-fifo", "dfl-to-itself/file.txt", "dfl-socket")) {
            assertThat(Sources.find(Sources.of(dir), id)).as(id).isEmpty();
        }
    }

    @Test
    void a_directory_of_files_alone_logs_nothing() throws Exception {
        Sources.write(dir, "sub/file.txt");
        assertThat(logged(() -> assertThat(Sources.ids(Sources.of(dir))).isEmpty()))
                .isEmpty();
    }

    @Test
    void a_glob_picks_by_path_or_by_name_whatever_the_locale() throws Exception {
        Sources.write(dir, "%C3%BC.pdf");
        Sources.write(dir, "b.txt");
        Sources.write(dir, "sub/c.pdf");
        Sources.write(dir, "sub/deep/d.pdf");
        NioSourceDirectory source = Sources.of(dir).recursive(true);
        assertThat(Sources.ids(source.glob("*.pdf")))
                .containsExactly("dfl-%C3%BC.pdf", "dfl-sub/c.pdf", "dfl-sub/deep/d.pdf");
        assertThat(Sources.ids(source.glob("\u00fc.*"))).containsExactly("dfl-%C3%BC.pdf");
        assertThat(Sources.ids(source.glob("sub/*"))).containsExactly("dfl-sub/c.pdf");
        assertThat(Sources.ids(source.glob("*.txt").glob("sub/**")))
                .containsExactly("dfl-sub/c.pdf", "dfl-sub/deep/d.pdf");
    }

    @Test
    void an_output_folder_inside_is_left_out_also_before_it_exists_and_through_a_link() throws Exception {
        Path source = Files.createDirectory(dir.resolve("in"));
        Sources.write(source, "a.txt");
        Sources.write(source, "output.txt");
        Path link = Files.createSymbolicLink(dir.resolve("link"), source);
        NioSourceDirectory excluding = Sources.of(source)
                .recursive(true)
                .excluding(link.resolve("out/../out/put"))
                .excluding(source.resolve("skipped.txt"))
                .excluding(dir.resolve("elsewhere"))
                .excluding(source);
        try (Listing before = excluding.list(ListRequest.of(Sources.SCOPE, Sources.DIRECTORY))) {
            assertThat(Sources.drain(before, 10)).hasSize(2);
        }
        Sources.write(source, "out/put/a.txt.md");
        Sources.write(source, "out/put/deep/b.txt.md");
        Sources.write(source, "out/put2");
        Sources.write(source, "skipped.txt");
        assertThat(Sources.ids(excluding)).containsExactly("dfl-a.txt", "dfl-out/put2", "dfl-output.txt");
        assertThat(Sources.find(excluding, "dfl-out/put/a.txt.md"))
                .as("what was listed stands")
                .isPresent();
    }

    @Test
    void a_file_is_no_longer_found_once_it_is_gone_or_something_else() throws Exception {
        Path file = Sources.write(dir, "a.txt");
        NioSourceDirectory source = Sources.of(dir);
        SourceFile listed = Sources.files(source).get(0);
        Files.delete(file);
        assertThat(Sources.find(source, "dfl-a.txt")).isEmpty();
        assertThat(listed.size()).isEmpty();
        assertThatThrownBy(listed::open).hasMessageContaining("a.txt").hasMessageContaining("gone");
        Files.createDirectory(file);
        assertThat(Sources.find(source, "dfl-a.txt")).isEmpty();
        assertThatThrownBy(listed::open).hasMessageContaining("a.txt").hasMessageContaining("no longer a regular");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dfl-",
                "a.txt",
                "dfl-../dir/a.txt",
                "dfl-/a.txt",
                "dfl-./a.txt",
                "dfl-sub//b.txt",
                "dfl-sub/../a.txt",
                "dfl-%61.txt",
                "dfl-a.txt%00",
                "dfl-a.txt/",
                "dfl-a.txt/b",
                "dfl-sub",
                "dfl-A.TXT"
            })
    void what_no_listing_gave_is_not_found(String id) throws Exception {
        Sources.write(dir, "a.txt");
        Sources.write(dir, "sub/b.txt");
        assertThat(Sources.find(Sources.of(dir), id)).isEmpty();
    }

    @Test
    void files_may_come_and_go_while_they_are_listed() throws Exception {
        for (int i = 0; i < 10; i++) {
            Sources.write(dir, "d" + i + "/f");
        }
        NioSourceDirectory source = Sources.of(dir).recursive(true);
        try (Listing listing = source.list(ListRequest.of(Sources.SCOPE, Sources.DIRECTORY))) {
            assertThat(listing.next(2).files()).hasSize(2);
            Files.delete(dir.resolve("d5/f"));
            Files.delete(dir.resolve("d6/f"));
            Files.delete(dir.resolve("d6"));
            Files.delete(dir.resolve("d7/f"));
            Files.delete(dir.resolve("d7"));
            Files.createSymbolicLink(dir.resolve("d7"), dir.resolve("d0"));
            Sources.write(dir, "d8/g");
            assertThat(Sources.drain(listing, 4).stream().map(SourceFile::id))
                    .containsExactly("dfl-d2/f", "dfl-d3/f", "dfl-d4/f", "dfl-d8/f", "dfl-d8/g", "dfl-d9/f");
        }
    }

    @Test
    void a_source_directory_that_vanishes_fails_its_listing() throws Exception {
        Path source = Files.createDirectory(dir.resolve("in"));
        Files.createDirectory(source.resolve("sub"));
        NioSourceDirectory directory = Sources.of(source).recursive(true);
        try (Listing listing = directory.list(ListRequest.of(Sources.SCOPE, Sources.DIRECTORY))) {
            Files.delete(source.resolve("sub"));
            Files.delete(source);
            assertThatThrownBy(() -> listing.next(1))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.LISTING_FAILED))
                    .hasMessageContaining(source.toString());
        }
        assertThat(directory.exists(Sources.SCOPE, Sources.DIRECTORY)).isFalse();
    }

    @Test
    void a_file_of_a_source_directory_that_vanished_cannot_be_opened() throws Exception {
        Path source = Files.createDirectory(dir.resolve("in"));
        Path file = Sources.write(source, "a");
        SourceFile listed = Sources.files(Sources.of(source)).get(0);
        Files.delete(file);
        Files.delete(source);
        assertThat(listed.size()).isEmpty();
        assertThatThrownBy(listed::open)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("the source directory")
                .hasMessageContaining(source.toString());
    }

    @Test
    void an_interrupted_listing_ends() throws Exception {
        Sources.write(dir, "a");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Sources.ids(Sources.of(dir))).hasMessageContaining("interrupted");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void directories_are_known_by_id_and_may_be_links_themselves() throws Exception {
        Path real = Files.createDirectory(dir.resolve("real"));
        Sources.write(real, "a");
        Path link = Files.createSymbolicLink(dir.resolve("link"), real);
        NioSourceDirectory source =
                NioSourceDirectory.of(Map.of("linked", link, "file", real.resolve("a"), "missing", dir.resolve("x")));
        assertThat(source.exists(Sources.SCOPE, "linked")).isTrue();
        for (String id : List.of("file", "missing", "unknown")) {
            assertThat(source.exists(Sources.SCOPE, id)).as(id).isFalse();
            assertThatThrownBy(() -> source.list(ListRequest.of(Sources.SCOPE, id)))
                    .isInstanceOfSatisfying(
                            BatchEngineException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_DIRECTORY_NOT_FOUND));
            assertThatThrownBy(() -> source.find(FileRequest.of(Sources.SCOPE, id, "dfl-a")))
                    .hasMessageContaining(id);
        }
        assertThat(source.find(FileRequest.of(Sources.SCOPE, "linked", "dfl-a")))
                .isPresent();
        assertThatThrownBy(() -> NioSourceDirectory.of(Map.of("\0", dir))).hasMessageContaining("NUL");
    }

    @Test
    void directories_under_a_parent_are_its_own_children() throws Exception {
        Path parent = Files.createDirectory(dir.resolve("parent"));
        Sources.write(parent, "%C3%BC%20x/a.txt");
        Sources.write(parent, "file");
        Sources.write(dir, "outside/secret");
        Files.createSymbolicLink(parent.resolve("link"), dir.resolve("outside"));
        NioSourceDirectory source = NioSourceDirectory.under(parent);
        assertThat(source.exists(Sources.SCOPE, "\u00fc x")).isTrue();
        try (Listing listing = source.list(ListRequest.of(Sources.SCOPE, "\u00fc x"))) {
            assertThat(Sources.drain(listing, 5)).hasSize(1);
        }
        for (String id :
                List.of("", ".", "..", "../outside", "link", "file", "missing", "/", "\0", "\u00fc%20x", "\ud800")) {
            assertThat(source.exists(Sources.SCOPE, id)).as(id).isFalse();
        }
        assertThat(NioSourceDirectory.under(dir.resolve("nowhere")).exists(Sources.SCOPE, "x"))
                .isFalse();
    }

    @Test
    void an_id_longer_than_any_name_is_no_directory_under_a_parent() throws Exception {
        assertThat(NioSourceDirectory.under(dir).exists(Sources.SCOPE, "x".repeat(4_096)))
                .isFalse();
    }

    @Test
    void a_resolver_gives_each_project_its_own() throws Exception {
        NioSourceDirectory source = NioSourceDirectory.resolving((scope, id) ->
                scope.projectId().equals("prj-mine") && id.equals("d") ? Optional.of(dir) : Optional.empty());
        assertThat(source.exists(Scope.ofProject("prj-mine"), "d")).isTrue();
        assertThat(source.exists(Scope.ofProject("prj-other"), "d")).isFalse();
    }

    @Test
    void one_source_serves_many_threads() throws Exception {
        for (int i = 0; i < 200; i++) {
            Sources.write(dir, "d" + i % 10 + "/" + i);
        }
        NioSourceDirectory source = Sources.of(dir).recursive(true).sortBuffer(new SortBuffer(5, null));
        List<String> expected = Sources.ids(source);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<List<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(() -> {
                    List<String> ids = new ArrayList<>();
                    for (SourceFile file : Sources.files(source)) {
                        String content =
                                Sources.content(Sources.find(source, file.id()).orElseThrow());
                        ids.add("dfl-" + content);
                    }
                    return ids;
                });
            }
            for (Future<List<String>> ids : threads.invokeAll(calls)) {
                assertThat(ids.get()).isEqualTo(expected).hasSize(200);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void mkfifo(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** A check that may throw anything. */
    private interface Check {
        void run() throws Exception;
    }

    private static List<String> logged(Check check) throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(NioSourceDirectory.class);
        Level level = logger.getLevel();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        try {
            check.run();
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(level);
        }
        return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
