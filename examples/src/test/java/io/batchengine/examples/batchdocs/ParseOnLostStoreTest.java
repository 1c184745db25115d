package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.batchengine.examples.batchdocs.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store that is removed or replaced while a batch runs: the program says so, soon, and does not end as if all were well. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ParseOnLostStoreTest {
    private static final int FILES = 60;

    @TempDir
    Path folder;

    private Path docs;
    private Path out;
    private Path store;

    @BeforeEach
    void directories() throws IOException {
        docs = Files.createDirectory(folder.resolve("docs"));
        out = folder.resolve("out");
        store = folder.resolve("batches.db");
        for (int i = 0; i < FILES; i++) {
            Files.writeString(docs.resolve(i + ".txt"), "text " + i);
        }
    }

    @Test
    void a_run_whose_store_is_removed_ends_with_an_error() throws Exception {
        CompletableFuture<Run> run = parse();

        Files.delete(store);

        assertTold(run.join(), "was removed");
        assertThat(store).doesNotExist();
    }

    @Test
    void so_does_one_whose_store_is_replaced_by_another() throws Exception {
        Path other = folder.resolve("other.db");
        CompletableFuture<Run> run = parse();

        Files.writeString(other, "another file");
        Files.move(other, store, StandardCopyOption.REPLACE_EXISTING);

        assertTold(run.join(), "was replaced");
        assertThat(store).hasContent("another file");
    }

    /** Starts a run that takes a second for each ten files, and waits until it is under way. */
    private CompletableFuture<Run> parse() {
        CompletableFuture<Run> run = CompletableFuture.supplyAsync(
                () -> Program.run("parse", docs, "--output", out, "--store", store, "--rate", "10"));
        await().atMost(Duration.ofSeconds(30)).until(() -> run.isDone() || Files.exists(out.resolve("1.txt.md")));
        return run;
    }

    private static void assertTold(Run run, String how) {
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("is lost").contains(how).contains("while it was open");
        assertThat(run.out()).doesNotContain("COMPLETED");
    }
}
