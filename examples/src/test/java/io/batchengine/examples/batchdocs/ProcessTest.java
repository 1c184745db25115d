package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.model.Batch;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: locales, arguments that are no text, signals. */
@EnabledOnOs(OS.LINUX)
class ProcessTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void any_directory_is_listed_in_any_locale(String locale) throws Exception {
        Path plain = Files.createDirectory(folder.resolve("plain"));
        Path odd = Files.createDirectory(path(folder, "d%C3%BC%FF%20x"));
        for (String name : List.of(
                "plain.txt",
                "%C3%BC%F0%9F%9A%80.txt",
                "a%FF.txt",
                "a%FE.txt",
                "new%0Aline.txt",
                "%E6%96%87".repeat(83) + ".txt")) {
            Files.writeString(path(odd, name), "text");
        }
        Files.createSymbolicLink(odd.resolve("link"), plain);
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            // Made where the path is plain text, as these take no other.
            socket.bind(UnixDomainSocketAddress.of(plain.resolve("socket")));
            mkfifo(plain.resolve("fifo"));
            Files.move(plain.resolve("socket"), odd.resolve("socket"));
            Files.move(plain.resolve("fifo"), odd.resolve("fifo"));

            Run run = run(
                    locale, "parse", odd, "--output", folder.resolve("out"), "--json", "--log", folder.resolve("log"));

            Batch batch = run.json();
            assertThat(run.code()).isZero();
            assertThat(run.errLines()).hasSize(1);
            assertThat(batch.sourceDirectoryId()).isEqualTo("dir-" + folder + "/d%C3%BC%FF%20x");
            assertThat(batch.results())
                    .extracting(BatchResult::sourceDirectoryFileId)
                    .containsExactly(
                            "dfl-%C3%BC%F0%9F%9A%80.txt",
                            "dfl-" + "%E6%96%87".repeat(83) + ".txt",
                            "dfl-a%FE.txt",
                            "dfl-a%FF.txt",
                            "dfl-new%0Aline.txt",
                            "dfl-plain.txt");
            assertThat(batch.results())
                    .allSatisfy(result -> assertThat(result.errorMessage()).isNull());
            assertThat(outputs()).as("an output of its own for each file").isEqualTo(2 * 6);
            assertThat(folder.resolve("log"))
                    .content()
                    .contains("1 symbolic link(s), 2 FIFO(s), socket(s) or device(s)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void the_table_is_utf_8_in_any_locale(String locale) throws Exception {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(path(docs, "Gr%C3%BC%C3%9Fe.txt"), "text");

        Run run = run(locale, "parse", docs, "--output", folder.resolve("out"), "--glob", "Gr\u00fc*");

        assertThat(run.out()).contains("Gr\u00fc\u00dfe.txt  succeeded");
        assertThat(run.lastLine()).endsWith("COMPLETED: 1 files, 1 succeeded, 0 failed, 0 mapping errors");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void an_unknown_directory_is_one_line_and_makes_nothing() throws Exception {
        Run run = run("C", "parse", folder + "/n\u00f6");

        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).containsExactly("batch-docs: there is no directory " + folder + "/n\u00f6");
        assertThat(run.out()).isEmpty();
        assertThat(folder.resolve("batch-docs-out")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ctrl_c_gives_the_batch_back_and_tells_the_command_that_goes_on(boolean json) throws Exception {
        Path docs = documents(3_000);
        Path out = folder.resolve("the out");
        try (ChildProgram child =
                start("C.UTF-8", "parse", docs, "--output", out, "--threads", 1, json ? "--json" : "--recursive")) {
            awaitOutput(child, out);
            child.interrupt();
            Run run = child.end();

            assertThat(run.code()).as(run.err()).isEqualTo(ChildProgram.interruptedCode());
            String last = json ? run.errLines().get(0) : run.lastLine();
            String id = last.substring(0, last.indexOf(' '));
            assertThat(last).contains(" RUNNING: ").contains(", 0 failed, 0 mapping errors");
            assertThat(run.err())
                    .endsWith(Text.format(
                            "batch-docs: interrupted; to continue: batch-docs resume %s --store '%s'%n",
                            id, out + "/batches.db"));
            long succeeded = Long.parseLong(last.replaceAll(".* files, (\\d+) succeeded.*", "$1"));
            assertThat(succeeded).isBetween(1L, 2_999L);
            if (json) {
                assertThat(run.json().status()).isEqualTo(BatchStatus.RUNNING);
                assertThat(run.json().results()).isNull();
            }
            try (Stream<Path> files = Files.list(out)) {
                assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".tmp"));
            }
            // Given back: taken up at once, and nothing that is done runs again.
            Run next = Program.run(Program.interrupted(), "resume", id, "--store", out.resolve("batches.db"));
            assertThat(next.outLines().get(0))
                    .isEqualTo(Text.format("continuing %s: %d files taken over", id, succeeded));
        }
    }

    @Test
    void a_run_is_watched_beside_it_ended_by_sigterm_and_gone_on_with() throws Exception {
        Path docs = documents(1_500);
        Path out = folder.resolve("out");
        Path store = folder.resolve("batches.db");
        try (ChildProgram child = start("C.UTF-8", "parse", docs, "--output", out, "--store", store, "--threads", 1)) {
            awaitOutput(child, out);
            String id = Program.run("list", "--store", store).outLines().get(1).replaceAll(" .*", "");
            Run shown = Program.run("show", id, "--store", store, "--json");
            Run results = Program.run("results", id, "--store", store);
            Run cancel = Program.run("cancel", id, "--store", store);
            child.signal("TERM");
            Run run = child.end();

            assertThat(run.code()).as(run.err()).isEqualTo(128 + 15);
            assertThat(run.lastLine()).startsWith(id + " RUNNING: ");
            assertThat(shown.json().status()).isEqualTo(BatchStatus.RUNNING);
            assertThat(results.lastLine()).startsWith(id + " RUNNING: ");
            assertThat(cancel.code()).isEqualTo(ExitCode.STORE_IN_USE);
            Run resumed = run("C.UTF-8", "resume", id, "--store", store);
            assertThat(resumed.code()).isZero();
            assertThat(resumed.outLines().get(0)).startsWith("continuing " + id).doesNotEndWith(" 0 files taken over");
            assertThat(resumed.lastLine()).startsWith(id + " COMPLETED: 1500 files, 1500 succeeded, 0 failed");
            assertThat(outputs()).isEqualTo(2 * 1_500);
        }
    }

    @Test
    void a_second_signal_ends_the_program_at_once() throws Exception {
        Path docs = documents(3_000);
        Path out = folder.resolve("out");
        try (ChildProgram child = start("C.UTF-8", "parse", docs, "--output", out, "--threads", 1)) {
            awaitOutput(child, out);
            // What is done can't be written, so that giving the batch back would take until its deadline.
            try (Connection database = DriverManager.getConnection("jdbc:sqlite:" + out.resolve("batches.db"));
                    Statement statement = database.createStatement()) {
                statement.execute("pragma busy_timeout = 20000");
                statement.execute("begin immediate");
                await().atMost(Duration.ofSeconds(8)).until(() -> {
                    child.signal("TERM");
                    return !child.isAlive();
                });
            }
            Run run = child.end();

            assertThat(run.code()).isEqualTo(128 + 15);
            assertThat(run.out()).isEmpty();
        }
    }

    private Path documents(int count) throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        for (int i = 0; i < count; i++) {
            Files.writeString(docs.resolve(Text.format("%05d.txt", i)), "text " + i);
        }
        return docs;
    }

    /** Until some files are done and recorded. */
    private static void awaitOutput(ChildProgram child, Path out) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(out.resolve("00100.txt.md")) || !child.isAlive());
    }

    private long outputs() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.filter(file -> !file.getFileName().toString().startsWith("batches.db"))
                    .count();
        }
    }

    private static void mkfifo(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    private Run run(String locale, Object... args) throws Exception {
        try (ChildProgram child = start(locale, args)) {
            return child.end();
        }
    }

    private ChildProgram start(String locale, Object... args) throws IOException {
        byte[][] bytes = Stream.of(args)
                .map(arg -> arg instanceof Path path
                        ? bytes(path)
                        : String.valueOf(arg).getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        return ChildProgram.start(folder, locale, bytes);
    }

    /** The bytes of a path, which its text may lack. */
    private static byte[] bytes(Path path) {
        String encoded = path.toUri().getRawPath().replaceAll("/$", "");
        return URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A path by its percent-encoded name. */
    private static Path path(Path parent, String encoded) {
        String address = parent.toUri().toString();
        return Path.of(URI.create((address.endsWith("/") ? address : address + "/") + encoded));
    }
}
