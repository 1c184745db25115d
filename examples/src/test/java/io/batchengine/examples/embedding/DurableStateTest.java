package io.batchengine.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableStateTest {
    @Test
    void a_second_run_finds_the_batch_of_the_first(@TempDir Path folder) throws Exception {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Files.writeString(inbox.resolve("a.txt"), "a");
        Path state = folder.resolve("batches.db");
        List<String> first = Printed.by(DurableState::main, inbox, state);
        assertThat(first).singleElement().asString().contains("is COMPLETED");
        assertThat(Printed.by(DurableState::main, inbox, state)).isEqualTo(first);
    }
}
