package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.model.BatchResult;
import io.batchengine.model.BatchStatus;
import io.batchengine.model.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed again and again ends as one that was left in peace. Two kills, four with {@code -Plong}; with {@code
 * -Dbatchengine.program.kills=N} N of them. Once is enough: on Java 17 only.
 */
@Tag("rounds")
@EnabledOnOs(OS.LINUX)
@EnabledOnJre(JRE.JAVA_17)
class KilledTest {
    private static final int KILLS = Integer.getInteger("batchengine.program.kills", 2);
    private static final int FILES = 500 * KILLS;

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private Path docs;
    private Path out;

    @BeforeEach
    void directories() throws IOException {
        docs = documents();
        out = folder.resolve("out");
    }

    @Test
    void kills_leave_one_batch_with_every_file_once_and_nothing_else() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            // The last ones are far enough from the end that there is something left to be killed.
            killAt(kill * FILES / (KILLS + 2) + random.nextInt(FILES / (KILLS + 2)), kill);
        }
        Run last = run(out);

        assertThat(last.code()).as("seed %d: %s", seed, last.err()).isZero();
        assertThat(last.json().status()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(last.results())
                .as("seed %d", seed)
                .extracting(BatchResult::sourceDirectoryFileId)
                .containsExactlyElementsOf(listed());
        assertThat(last.results())
                .allSatisfy(result -> assertThat(result.errorMessage()).isNull());
        assertThat(last.err()).contains("continuing " + last.json().id()).doesNotContain(": 0 files taken over");
        assertThat(Program.run("list", "--output", out, "--json").out())
                .contains("\"total_size\":1}")
                .contains(last.json().id());

        Run undisturbed = run(folder.resolve("undisturbed"));
        assertThat(undisturbed.code()).isZero();
        assertThat(contents(out)).as("seed %d", seed).isEqualTo(contents(folder.resolve("undisturbed")));
    }

    private void killAt(int outputs, int kill) throws Exception {
        try (ChildProgram child = start(out)) {
            // The first one not before there is a batch: without it there is nothing to be continued.
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> !child.isAlive() || outputs(out) > outputs);
            child.kill();
            Run run = child.end();
            assertThat(run.code())
                    .as("seed %d, kill %d at %d outputs: %s", seed, kill, outputs, run.err())
                    .isEqualTo(128 + 9);
        }
    }

    private Run run(Path output) throws Exception {
        try (ChildProgram child = start(output)) {
            return child.end();
        }
    }

    private ChildProgram start(Path output) throws IOException {
        return ChildProgram.start(
                folder,
                "C.UTF-8",
                Stream.of("parse", docs, "--output", output, "--recursive", "--json", "--config", "cfg-PARSE_FAST")
                        .map(argument -> argument.toString().getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new));
    }

    private Path documents() throws IOException {
        Path root = Files.createDirectory(folder.resolve("docs"));
        for (int i = 0; i < FILES; i++) {
            Path part = Files.createDirectories(root.resolve("part-" + i % 10));
            boolean html = random.nextInt(10) == 0;
            String words = "word ".repeat(1 + random.nextInt(200)) + i;
            Files.writeString(
                    part.resolve(Text.format("%04d.%s", i, html ? "html" : "txt")),
                    html ? "<html><body><h1>Title</h1><p>" + words + "</p></body></html>" : words);
        }
        return root;
    }

    private List<String> listed() throws IOException {
        try (Stream<Path> files = Files.walk(docs)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "dfl-" + docs.relativize(file))
                    .sorted()
                    .toList();
        }
    }

    private static long outputs(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        long count = 0;
        for (int part = 0; part < 10; part++) {
            String[] names = folder.resolve("part-" + part).toFile().list();
            count += names == null ? 0 : names.length;
        }
        return count;
    }

    /** All that is there but the store, which holds times and ids. */
    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!List.of("batches.db", "batches.db-wal", "batches.db-shm", "batches.db.lock")
                        .contains(name)) {
                    contents.put(name, Files.readString(file));
                }
            }
        }
        return contents;
    }
}
