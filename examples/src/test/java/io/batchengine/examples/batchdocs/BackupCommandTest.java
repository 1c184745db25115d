package io.batchengine.examples.batchdocs;

import static org.assertj.core.api.Assertions.assertThat;

import io.batchengine.examples.batchdocs.Program.Run;
import io.batchengine.jdbc.JdbcBatchStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCommandTest {
    @TempDir
    Path folder;

    private Path store;
    private Path copy;

    @BeforeEach
    void parse() throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Files.writeString(docs.resolve("a.txt"), "first");
        store = folder.resolve("batches.db");
        copy = folder.resolve("copy.db");
        Run run = Program.run("parse", docs, "--output", folder.resolve("out"), "--store", store);
        assertThat(run.code()).isEqualTo(ExitCode.COMPLETED);
    }

    @Test
    void a_copy_is_a_store_also_of_one_that_is_in_use() {
        try (JdbcBatchStore inUse = JdbcBatchStore.sqlite(store)) {
            Run backup = Program.run("backup", copy, "--store", store);
            assertThat(backup.code()).isEqualTo(ExitCode.COMPLETED);
            assertThat(backup.lastLine()).isEqualTo("copied " + store + " to " + copy);
            assertThat(inUse.notes()).isEmpty();
        }
        assertThat(Program.run("list", "--store", copy).out())
                .isEqualTo(Program.run("list", "--store", store).out());
    }

    @Test
    void nothing_is_overwritten_and_nothing_made_of_what_is_no_store() throws IOException {
        Files.writeString(copy, "mine");
        refused("exists already", "backup", copy, "--store", store);
        assertThat(copy).hasContent("mine");
        refused("there is no store", "backup", folder.resolve("new.db"), "--store", folder.resolve("missing.db"));
        refused("pg_dump", "backup", folder.resolve("new.db"), "--store", "jdbc:postgresql://localhost/none");
        refused("does not exist", "backup", folder.resolve("no/new.db"), "--store", store);
        refused("FILE", "backup", "--store", store);
        assertThat(folder.resolve("new.db")).doesNotExist();
    }

    private static void refused(String message, Object... arguments) {
        Run run = Program.run(arguments);
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.errLines()).singleElement().asString().contains(message);
    }
}
